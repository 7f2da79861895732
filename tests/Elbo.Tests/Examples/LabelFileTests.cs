namespace Elbo.Tests;

public sealed class LabelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3\n0\n255\n")]
    [InlineData("3\r\n0\r\n255")]
    [InlineData(" 3\n0 \n255\n\n")]
    [InlineData("\ufeff3\n0\n255\n")]
    public void A_text_file_holds_one_label_per_line(string text)
    {
        File.WriteAllText(_folder["labels.csv"], text);

        Assert.Equal([3, 0, 255], LabelFile.Read(_folder["labels.csv"]));
    }

    [Theory]
    [InlineData("label\n3\n", "'label' on line 1")]
    [InlineData("3\n\n4\n", "'' on line 2")]
    [InlineData("3\n256\n", "'256' on line 2")]
    [InlineData("-1\n", "'-1' on line 1")]
    [InlineData("1.0\n", "'1.0' on line 1")]
    [InlineData("1,2\n", "'1,2' on line 1")]
    [InlineData("", "no labels")]
    public void Invalid_text_is_rejected_with_its_line(string text, string reason)
    {
        File.WriteAllText(_folder["labels.txt"], text);

        var thrown = Assert.Throws<InputException>(() => LabelFile.Read(_folder["labels.txt"], byte.MaxValue));
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_numpy_file_holds_integers_in_one_dimension()
    {
        Assert.Equal([3, 255], LabelFile.Read(_folder.Write("labels.npy", NpyBytes.Int64s("(2,)", 3, 255))));
        AssertRejected("label 256 at position 1", NpyBytes.Int64s("(2,)", 3, 256));
        AssertRejected("label -1 at position 0", NpyBytes.Int64s("(2,)", -1, 0));
        AssertRejected("Float32", NpyBytes.Floats("(2,)", 3, 2));
        AssertRejected("[1, 2]", NpyBytes.Int64s("(1, 2)", 3, 2));
        AssertRejected("no labels", NpyBytes.Int64s("(0,)"));
    }

    [Fact]
    public void Without_the_limit_of_an_IDX_file_labels_are_any_integers_from_0()
    {
        File.WriteAllText(_folder["labels.txt"], "256\n70000\n");

        Assert.Equal([256, 70_000], LabelFile.Read(_folder["labels.txt"]));
        Assert.Equal([256, 70_000], LabelFile.Read(_folder.Write("labels.npy", NpyBytes.Int64s("(2,)", 256, 70_000))));
        File.WriteAllText(_folder["labels.txt"], "2147483647\n");
        Assert.Throws<InputException>(() => LabelFile.Read(_folder["labels.txt"]));
    }

    private void AssertRejected(string reason, byte[] bytes)
    {
        var path = _folder.Write("labels.npy", bytes);
        Assert.Contains(reason, Assert.Throws<InputException>(() => LabelFile.Read(path, byte.MaxValue)).Message, StringComparison.Ordinal);
    }
}
