namespace Elbo.Studio.Tests;

public sealed class RunConditionTests(ModelServicesFixture models, OwnRuns runs)
    : IClassFixture<ModelServicesFixture>, IClassFixture<OwnRuns>, IDisposable
{
    private readonly ModelStore _store = new(models.Services.Bundled, models.Services.MnistImages, new RunCatalogue([runs.Root]));

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("labels")]
    [InlineData("attributes")]
    [InlineData("region")]
    [InlineData("joined")]
    public async Task The_samples_are_those_of_the_library_at_an_example_with_the_condition(string name)
    {
        var view = await Compute(name, new ChosenCondition(2, 1, "0.7,5"), seed: 5);
        var (opened, condition) = (view.Opened, view.State.Condition);
        Assert.Equal(opened.Labels is null ? null : 1, condition.Label);
        Assert.Equal(opened.Attributes is null ? null : "0.7,5", condition.Attributes);
        Assert.Equal(opened.Region is null, view.Completion is null);
        Assert.Equal(opened.Region is null, view.Choices.Count == 0);
        // An example of the data, with its label and attributes replaced.
        var example = opened.Examples.Subset([2]).WithLabels(new[] { 1 })
            .WithAttributes(new RowDataset(ValueShape.Vector(2), new[] { 0.7, 5 }));
        var expected = opened.Weights.Sample(64, example, seed: 5);
        Assert.Equal(GeneratedPicture.OfPage(expected), view.Samples.Picture);
    }

    [Fact]
    public async Task The_prior_of_each_label_is_that_of_the_model_whichever_is_chosen()
    {
        var first = await Compute("labels", new ChosenCondition(0, 0, null), seed: 3);
        var second = await Compute("labels", new ChosenCondition(0, 2, null), seed: 3);
        Assert.Equal(3, first.Priors!.Of.Count);
        Assert.Equal(first.Priors.Of, second.Priors!.Of);
        Assert.Equal(first.Priors.Of[0], first.Priors.Chosen);
        Assert.Equal(second.Priors.Of[2], second.Priors.Chosen);
        Assert.True(first.Priors.Spread.First >= first.Priors.Spread.Second);
        // With the same noise the codes of another label are the same ones, shifted by the means of the priors.
        var (before, after) = (first.Priors.CodesOf(first.Opened, 8, seed: 3), second.Priors.CodesOf(second.Opened, 8, seed: 3));
        Assert.All(before.Zip(after), pair => Assert.Equal(
            (pair.First.X - first.Priors.Chosen.X) / first.Priors.Chosen.DeviationX,
            (pair.Second.X - second.Priors.Chosen.X) / second.Priors.Chosen.DeviationX,
            1e-5));
    }

    [Fact]
    public async Task Moving_an_attribute_changes_the_samples_and_the_example_does_not()
    {
        var before = await Compute("attributes", new ChosenCondition(0, null, "0.6,4"), seed: 1);
        Assert.NotEqual(before.Samples.Picture, (await Compute("attributes", new ChosenCondition(0, null, "0.6,9"), 1)).Samples.Picture);
        Assert.Equal(before.Samples.Picture, (await Compute("attributes", new ChosenCondition(3, null, "0.6,4"), 1)).Samples.Picture);
    }

    [Theory]
    [InlineData("labels", "9", "7", "x")]
    [InlineData("joined", "-1", "1,2,3", "99999999999999999999")]
    [InlineData("attributes", "0", "NaN,1", "-3")]
    public async Task A_link_with_nonsense_shows_what_there_is(string name, string label, string attributes, string picture)
    {
        var view = await Compute(name, ChosenCondition.Parse(picture, label, attributes));
        Assert.InRange(view.State.Condition.Picture, 0, view.Opened.Examples.Count - 1);
        Assert.True(view.State.Condition.Label is null or (>= 0 and <= 2));
        Assert.All(view.State.Condition.ValuesOf(view.Opened), value => Assert.True(double.IsFinite(value)));
        Assert.NotNull(view.Samples.Picture);
    }

    [Fact]
    public async Task A_model_without_a_condition_is_refused_in_one_sentence()
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => Compute("plain", ChosenCondition.None));
        Assert.Equal("The model of plain has no condition: choose one that has.", refused.Message);
    }

    private async Task<RunConditionView> Compute(string name, ChosenCondition condition, int seed = 0) =>
        RunConditionView.Of(await _store.Open(runs.IdOf(name)), new RunConditionState(runs.IdOf(name), condition, seed), null);
}
