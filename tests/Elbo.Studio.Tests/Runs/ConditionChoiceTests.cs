namespace Elbo.Studio.Tests;

public class ConditionChoiceTests
{
    private static readonly DataFacts Images = new(
        new ImageShape(1, 28, 28), 60, 10, 10, ["slant", "width", "a,b"], new AttributeTables("/d/train.csv", "/d/test.csv", false));

    private static readonly DataFacts Digits = Images with { Attributes = ["slant", "width", "height"] };

    private static readonly DataFacts Vectors = new(ValueShape.Vector(3), 60, 10, 0, [], null);

    [Theory]
    [InlineData(true, false, "", "", "label")]
    [InlineData(true, true, "", "", "label+attributes")]
    [InlineData(false, false, "top-half", "", "top-half")]
    [InlineData(true, false, "rectangle", "7,7,14,14", "label+rectangle:7,7,14,14")]
    public void The_word_is_one_that_the_command_line_reads(bool label, bool attributes, string region, string numbers, string text)
    {
        var choice = new ConditionChoice(label, attributes, "", region, numbers);
        Assert.Equal(text, choice.Text);
        Assert.Equal(choice.Clamped(), choice);
        Assert.NotNull(ConditionText.Parse(choice.Text));
        Assert.Null(choice.FindProblem(Digits));
    }

    [Fact]
    public void Every_region_that_the_command_line_knows_is_offered_but_the_file_of_a_mask() => Assert.Equal(
        ConditionText.Forms.Except(["label", "attributes", "mask:FILE.png"]).Select(form => form.Split(':')[0]).Order(),
        ConditionChoice.AllRegions.Order());

    [Theory]
    [InlineData("mask")]
    [InlineData("mask:/etc/passwd")]
    [InlineData("top-half+label")]
    [InlineData("rectangle:0,0,1,1")]
    public void Another_region_is_left_out(string region) => Assert.Equal("", new ConditionChoice(Region: region).Clamped().Text);

    [Theory]
    [InlineData("", "WrongNumbers")]
    [InlineData("0,0,28,28", "WrongNumbers")]
    [InlineData("0,0,0,0", "WrongNumbers")]
    [InlineData("0,0,40,1", "WrongNumbers")]
    [InlineData("1,2,3", "WrongNumbers")]
    [InlineData("1,2,3,x", "WrongNumbers")]
    [InlineData("0,0,14,28", null)]
    public void The_numbers_of_a_rectangle_lie_in_the_images(string numbers, string? problem) =>
        Problem(problem, new ConditionChoice(Region: "rectangle", Numbers: numbers).Clamped(), Digits);

    [Fact]
    public void What_the_data_does_not_have_is_a_problem()
    {
        Problem("Empty", new(), Digits);
        Problem("NoLabels", new(OnLabel: true), Vectors);
        Problem("NoAttributes", new(OnAttributes: true), Vectors);
        Problem("NoImages", new(Region: "top-half"), Vectors);
        Problem("NoneChosen", new(OnAttributes: true, Attributes: "depth"), Digits);
        Problem("WrongRegion", new(Region: "top-half"), Digits with { Shape = new ImageShape(1, 1, 28) });
    }

    [Fact]
    public void Attributes_are_chosen_by_name_and_named_in_the_command()
    {
        Assert.Equal([0, 2], new ConditionChoice(OnAttributes: true, Attributes: "height,slant").Chosen(Digits));
        Assert.Equal([0, 1, 2], new ConditionChoice(OnAttributes: true).Chosen(Digits));
        // A name with a comma cannot be given to the option.
        Assert.False(Images.AreAttributesSelectable);
        Assert.Equal([0, 1, 2], new ConditionChoice(OnAttributes: true, Attributes: "slant").Chosen(Images));

        string[] files = ["--attributes", "/d/train.csv", "--test-attributes", "/d/test.csv"];
        Assert.Equal([.. files, "--attribute-columns", "slant,height"], Options(false, [0, 2]));
        Assert.Equal(files, Options(false, [0, 1, 2]));
        Assert.Equal([.. files, "--attribute-columns", "0,2"], Options(true, [0, 2]));
        Assert.Empty(Options(true, [0, 1, 2]));

        static IEnumerable<string> Options(bool isPartOfData, int[] chosen) =>
            (Digits.Tables! with { IsPartOfData = isPartOfData }).Options(chosen, Digits.Attributes, path => path);
    }

    private static void Problem(string? expected, ConditionChoice choice, DataFacts data)
    {
        var found = choice.FindProblem(data);
        Assert.Equal(expected is null ? null : $"Runs.Form.Condition.{expected}", found);
        if (found is not null)
            Assert.EndsWith(".", Strings.For(Language.English)[found]);
    }
}
