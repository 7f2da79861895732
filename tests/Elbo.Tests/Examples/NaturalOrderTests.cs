namespace Elbo.Tests;

public class NaturalOrderTests
{
    [Fact]
    public void Digits_compare_by_value_letters_by_code_point_and_paths_folder_by_folder()
    {
        string[] ordered =
        [
            "1.png", "2.png", "10.png", "B", "B/1.png", "B/12", "B-1/1", "a1b2", "a1b10", "a01b11", "a2", "a007", "a7", "a8", "img",
            "img_2", "img_12", "img_99999999999999999999998", "img_99999999999999999999999", "x/2/10", "x/10/2", "\u00e4",
        ];
        var shuffled = ordered.Order(StringComparer.Ordinal).Reverse().ToArray();

        Assert.Equal(ordered, shuffled.Order(NaturalOrder.Instance));
        foreach (var (i, x) in ordered.Index())
        {
            foreach (var (j, y) in ordered.Index())
                Assert.Equal(i.CompareTo(j), Math.Sign(NaturalOrder.Instance.Compare(x, y)));
        }
    }
}
