namespace Elbo.Tests;

/// <summary>Labels with gaps, and labels by the names that other data gives them.</summary>
public sealed class LabelConditionTests
{
    [Fact]
    public void Labels_with_gaps_are_as_many_as_there_are_and_survive_JSON()
    {
        var data = new Dataset("gaps", Set([2, 9, 5, 2]), Set([5, 2]));

        var condition = Assert.IsType<LabelCondition>(new LabelCondition().For(data));

        Assert.Equal((3, 3, 3), (condition.Count, condition.FeatureCount, condition.GroupCount));
        Assert.Equal([2, 5, 9], condition.Labels);
        Assert.Equal([0, 1, 0, 0, 0, 1, 1, 0, 0], condition.FeaturesOf([5, 9, 2]));
        Assert.Equal("The label 3 does not exist: this model has the labels 2, 5, 9.",
            Assert.Throws<SettingsException>(() => condition.FeaturesOf([3])).Message);
        var json = Json.Write<Condition>(condition);
        Assert.Contains("\"values\": [", json, StringComparison.Ordinal);
        Assert.Equal(condition, Json.Read<Condition>(json, "text"));
        Assert.Throws<InputException>(() => condition.Check(Set([2, 3])));
    }

    [Fact]
    public void Labels_without_gaps_are_written_as_ever()
    {
        var condition = new LabelCondition().For(new Dataset("whole", Set([1, 0, 2]), Set([0])));

        Assert.Equal(Condition.Label(3), condition);
        Assert.Equal("{\n  \"kind\": \"label\",\n  \"count\": 3\n}", Json.Write<Condition>(condition).Trim());
    }

    [Theory]
    [InlineData(2, new[] { 1 })]
    [InlineData(2, new[] { 3, 1 })]
    [InlineData(2, new[] { 1, 1 })]
    [InlineData(1, new[] { -1 })]
    public void Impossible_lists_are_refused(int count, int[] values) =>
        Assert.Throws<SettingsException>(() => new LabelCondition(count, values));

    [Fact]
    public void A_model_draws_scores_and_averages_over_its_labels_alone()
    {
        using var model = Cvae.Create(Set([2, 5, 9, 5]), amend: o => o with { LatentSize = 2, Network = new() { Hidden = [4] } });

        var drawn = model.Sample(3);

        Assert.Equal(9, drawn.Count);
        Assert.Equal(model.Sample(3, label: 9).Values.ToArray(), drawn.Values[(3 * 2 * 2)..].ToArray());
        Assert.Throws<SettingsException>(() => model.Sample(1, label: 3));
        Assert.Equal(4, model.Score(Set([9, 2, 5, 5])).Count);
        Assert.Throws<InputException>(() => model.Condition!.Check(Set([9, 2, 5, 3])));
    }

    [Fact]
    public void A_dataset_gets_the_numbers_of_other_data_by_the_names_of_its_labels()
    {
        var data = new Dataset("pets", Set([0, 1], ["column", "dot"]), Set([1, 1], ["column", "dot"]));

        var mapped = data.WithLabelsOf(["blob", "column", "dot"]);

        Assert.Equal([1, 2], mapped.Train.Labels.ToArray());
        Assert.Equal([2, 2], mapped.Test.Labels.ToArray());
        Assert.Equal(["blob", "column", "dot"], mapped.LabelNames);
        Assert.Equal(data.Train.ToValues().Values.ToArray(), mapped.Train.ToValues().Values.ToArray());
        Assert.Contains("'dot'", Assert.Throws<InputException>(() => data.WithLabelsOf(["column"])).Message, StringComparison.Ordinal);
        Assert.Equal(["column", "dot"], data.WithLabelsOf(["column"], allowOthers: true).LabelNames);
        Assert.Same(data, data.WithLabelsOf(["column", "dot"]));
        var numbers = new Dataset("numbers", Set([0, 1]), Set([1]));
        Assert.Same(numbers, numbers.WithLabelsOf(["blob", "column"]));
    }

    [Fact]
    public void Splits_that_number_their_names_differently_are_made_to_agree()
    {
        var data = new Dataset("pets", Set([0, 1, 2], ["blob", "column", "dot"]), Set([0, 1], ["column", "dot"]));

        Assert.Equal([1, 2], data.Test.Labels.ToArray());
        Assert.Equal(data.Train.LabelNames, data.Test.LabelNames);
        Assert.Throws<InputException>(() => new Dataset("pets", Set([0], ["blob"]), Set([0], ["column"])));
    }

    [Fact]
    public void A_label_that_only_the_test_split_has_is_refused_with_its_name()
    {
        var data = new Dataset("pets", Set([0, 1]), Set([0, 2]), ["blob", "column", "dot"]);

        Assert.StartsWith(
            "The test split of pets has the label 2 (dot), which no training example has",
            Assert.Throws<InputException>(() => new LabelCondition().For(data)).Message,
            StringComparison.Ordinal);
    }

    private static RowDataset Set(int[] labels, string[]? names = null) => new(
        ValueShape.Vector(2), new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }.AsMemory(0, 2 * labels.Length), labels, labelNames: names);
}
