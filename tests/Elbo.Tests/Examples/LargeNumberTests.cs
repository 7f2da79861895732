namespace Elbo.Tests;

/// <summary>Standardisation of numbers that a float32 cannot tell apart or hold.</summary>
public sealed class LargeNumberTests
{
    [Theory]
    [InlineData(1e9, 1)]
    [InlineData(1e15, 1)]
    [InlineData(0, 1e-30)]
    [InlineData(0, 1e300)]
    [InlineData(-1.5e308, 1e307)]
    public void Numbers_are_standardised_as_float64(double start, double step)
    {
        double[] numbers = [.. Enumerable.Range(1, 9).Select(i => start + i * step)];
        var attributes = new RowDataset(ValueShape.Vector(1), numbers);
        var examples = new RowDataset(ValueShape.Vector(1), new float[9], attributes: attributes);

        var condition = Condition.Attributes(new Dataset("large", examples, examples));
        var features = new float[9];
        condition.WriteFeatures(new ExampleRows { Count = 9, Values = new float[9], Attributes = numbers }, features);

        // 1 to 9 have the mean 5 and the deviation √(60 / 9).
        Assert.All(features.Index(), each => Assert.Equal((each.Index - 4) / Math.Sqrt(60.0 / 9), each.Item, 1e-5));
    }

    [Fact]
    public void A_number_is_constant_if_only_its_rounding_differs()
    {
        var rows = RowDataset.FromRows([[0.1 + 0.2, 1e15, 0, 7], [0.3, 1e15 + 8, 1e-100, 7]]);

        Assert.Equal([true, false, false, true], Enumerable.Range(0, 4).Select(rows.Statistics.IsConstant));
    }

    [Fact]
    public void A_number_beyond_all_of_the_training_is_refused_and_not_made_infinite()
    {
        var condition = new AttributesCondition([5], [2]);

        var error = Assert.Throws<InputException>(() => condition.WriteFeatures(
            new ExampleRows { Count = 1, Values = new float[1], Attributes = [1e300] }, new float[1]));

        Assert.Equal(
            "The number 1E+300 is too far from those of the training data, whose mean is 5 and whose deviation is 2: replace it, or omit "
            + "the example.",
            error.Message);
    }
}
