using System.Diagnostics;

namespace Elbo.Studio.Tests;

public sealed class RunConditionTests(ModelServicesFixture models, OwnRuns runs)
    : IClassFixture<ModelServicesFixture>, IClassFixture<OwnRuns>, IDisposable
{
    private readonly ModelStore _store = new(models.Services.Bundled, models.Services.MnistImages, new RunCatalogue([runs.Root]));

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("labels", 64)]
    [InlineData("attributes", 10)]
    [InlineData("region", 10)]
    [InlineData("joined", 10)]
    public async Task The_samples_are_those_of_the_library_at_the_chosen_condition(string name, int count)
    {
        var view = await Compute(name, new ChosenCondition(2, 1, null), seed: 5);
        var (opened, condition) = (view.Opened, view.State.Condition);
        Assert.Equal(count, RunConditionView.CountOf(opened));
        Assert.Equal(opened.Labels is null ? null : 1, condition.Label);
        Assert.Equal(opened.Attributes is null ? null : 2, condition.Attributes?.Count);
        Assert.Equal(opened.Region is null, view.Completion is null);
        Assert.Equal(opened.Region is null, view.Choices.Count == 0);
        var expected = opened.Weights.Sample(count, condition.ToExample(opened), seed: 5);
        var picture = DecodedPng.Read(view.Samples!);
        Assert.Equal(
            ImageDataUrl.Of(expected, columns: count == 10 ? 5 : null, scale: 4), view.Samples);
        Assert.True(picture.Grey.Length > 0);
    }

    [Fact]
    public async Task The_prior_of_each_label_is_that_of_the_model_and_the_codes_are_shifted_with_it()
    {
        var first = await Compute("labels", new ChosenCondition(0, 0, null), seed: 3);
        var second = await Compute("labels", new ChosenCondition(0, 2, null), seed: 3);
        Assert.Equal(3, first.Priors!.Of.Count);
        Assert.Equal(first.Priors.Of, second.Priors!.Of);
        Assert.Equal(first.Priors.Of[0], first.Priors.Chosen);
        Assert.Equal(second.Priors.Of[2], second.Priors.Chosen);
        Assert.True(first.Priors.Spread.First >= first.Priors.Spread.Second);
        // Independently of the prior module: the mean of many codes sampled by the library, by encoding nothing.
        var model = first.Opened.Weights;
        var features = model.FeaturesOf(new ChosenCondition(0, 2, null).ToExample(first.Opened));
        Assert.Equal([0f, 0f, 1f], features);
    }

    [Fact]
    public async Task Moving_an_attribute_changes_the_samples_and_nothing_else()
    {
        var before = await Compute("attributes", new ChosenCondition(0, null, [0.6, 4]), seed: 1);
        var after = await Compute("attributes", before.State.Condition.With(1, 9), seed: 1);
        Assert.Equal([0.6, 4.0], before.State.Condition.Attributes!);
        Assert.Equal([0.6, 9.0], after.State.Condition.Attributes!);
        Assert.NotEqual(before.Samples, after.Samples);
        Assert.Equal(before.Samples, (await Compute("attributes", new ChosenCondition(3, null, [0.6, 4]), seed: 1)).Samples);
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
        Assert.NotNull(view.Samples);
    }

    [Fact]
    public async Task A_model_without_a_condition_is_refused_in_one_sentence()
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => Compute("plain", new ChosenCondition(0, null, null)));
        Assert.Equal("The model of plain has no condition: choose one that has.", refused.Message);
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("attributes")]
    [InlineData("region")]
    [InlineData("joined")]
    public async Task The_command_makes_the_samples_of_the_page(string name)
    {
        var view = await Compute(name, new ChosenCondition(2, 1, null), seed: 4);
        var output = Path.Combine(Path.GetDirectoryName(runs.Root)!, $"{name}.npy");
        var command = RunConditionSource.Command(view).Replace("samples.png", output);
        Assert.StartsWith("elbo sample ", command);
        var program = Path.Combine(AppContext.BaseDirectory, "elbo");
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"'{program}' {command["elbo ".Length..]}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
        var (opened, count) = (view.Opened, RunConditionView.CountOf(view.Opened));
        var expected = opened.Weights.Sample(count, view.State.Condition.ToExample(opened), seed: 4).Values.ToArray();
        var bytes = await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken);
        var written = new float[expected.Length];
        Buffer.BlockCopy(bytes, bytes.Length - 4 * written.Length, written, 0, 4 * written.Length);
        Assert.Equal(expected, written);
    }

    private async Task<RunConditionView> Compute(string name, ChosenCondition condition, int seed = 0) =>
        RunConditionView.Of(await _store.Open(runs.IdOf(name)), new RunConditionState(runs.IdOf(name), condition, seed), null);
}
