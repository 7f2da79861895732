namespace Elbo.Studio.Tests;

public sealed class GeneratorTests(ModelServicesFixture models, OwnRuns runs, DigitClassifier classifier)
    : IClassFixture<ModelServicesFixture>, IClassFixture<OwnRuns>, IDisposable
{
    private readonly ModelStore _store =
        new(models.Services.Bundled, models.Services.MnistImages, new RunCatalogue([runs.Root]));

    public void Dispose() => _store.Dispose();

    public static TheoryData<string> Names => [.. OwnRuns.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_copied_command_makes_the_values_that_are_shown(string name)
    {
        var view = await View(name, label: 1, attributes: "0.8,6", picture: 3, seed: 5);
        var (opened, folder) = (view.Models.Given, Directory.CreateTempSubdirectory("elbo-generate-"));
        try
        {
            var command = SampleSource.Command(opened, view.State.Condition, view.State.Seed);
            var file = Path.Combine(folder.FullName, opened.Shape.Image is null ? "rows.csv" : "values.npy");
            command = command[..command.LastIndexOf(" --out", StringComparison.Ordinal)];
            await ElboProcess.Run($"{command["elbo ".Length..]} --out {file}");
            var shown = Generator.Page(opened, view.State.Condition, view.State.Seed);
            var expected = Path.Combine(folder.FullName, "expected");
            if (opened.Shape.Image is null)
                shown.SaveCsv(expected, opened.Examples.ValueNames);
            else
                shown.SaveNpy(expected);
            Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("labels")]
    public async Task The_copied_command_makes_the_picture_that_is_shown(string name)
    {
        var view = await View(name, label: 2, seed: 4);
        var file = Path.Combine(Path.GetTempPath(), $"elbo-{Guid.NewGuid():N}.png");
        try
        {
            var command = SampleSource.Command(view.Models.Given, view.State.Condition, view.State.Seed);
            Assert.EndsWith("--out samples.png", command);
            await ElboProcess.Run(command["elbo ".Length..].Replace("samples.png", file));
            Assert.Equal(Convert.FromBase64String(view.Given.Picture!.Split(',')[1]), File.ReadAllBytes(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_run_has_samples_a_plane_and_sliders(string name)
    {
        var view = await View(name);
        Assert.Equal(name == "table", view.Given.Table is not null);
        Assert.Equal(name == "table", view.Given.Picture is null);
        Assert.Equal(name is "labels" or "joined", view.Grid is not null);
        Assert.Equal(name == "region", view.Visible is not null);
        Assert.Equal(name == "region", view.Choices.Count > 0);
        Assert.Equal(view.Models.Turned.LatentSize, view.Sliders.Count);
        Assert.Single(view.Planes);
        Assert.Equal(name == "table", !view.Planes[0].HasAtlas);
        // A point of the plane is decoded as its code is.
        var point = view.Planes[0].Decode(view.State.Condition, 0.4, -0.7);
        var code = Generator.Decode(view.Models.Given, view.State.Condition, view.Planes[0].Projection.CodeOf(0.4, -0.7));
        Assert.Equal(code[0].ToArray(), point[0].ToArray());
    }

    [Fact]
    public async Task A_row_of_the_grid_equals_samples_of_its_label_and_columns_share_their_noise()
    {
        var view = await View("labels", label: 2, seed: 3);
        var (opened, page) = (view.Models.Given, Generator.Page(view.Models.Given, view.State.Condition, view.State.Seed));
        var grid = Generator.LabelGrid(opened, view.State.Condition, view.State.Seed);
        Assert.Equal(3 * Generator.Styles, grid.Count);
        for (var style = 0; style < Generator.Styles; style++)
        {
            var pairs = page[style].ToArray().Zip(grid[2 * Generator.Styles + style].ToArray());
            Assert.All(pairs, pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public async Task Samples_of_every_digit_are_classified_as_that_digit()
    {
        var right = 0L;
        for (var digit = 0; digit < 10; digit++)
        {
            var opened = await GenerateModels.Open(_store, "");
            var state = State("", digit, null, 0, 1).For(opened);
            right += classifier.CountAs(Generator.Page(opened.Given, state.Condition, state.Seed), digit);
        }

        Assert.InRange(right, 600, 640);
    }

    [Fact]
    public async Task Labels_lie_apart_without_the_label_and_hardly_with_it()
    {
        var pair = await GenerateModels.Open(_store, "");
        var (free, given) = (LatentPlane.Of(pair.Planes[0], false).Neighbours!, LatentPlane.Of(pair.Planes[1], false).Neighbours!);
        Assert.Equal(400, free.Count);
        Assert.True(free.Share - given.Share > 4 * Math.Sqrt(Math.Pow(free.StandardError, 2) + Math.Pow(given.StandardError, 2)));
    }

    [Fact]
    public async Task The_links_of_before_keep_their_sliders()
    {
        var pair = await GenerateModels.Open(_store, "");
        var state = GenerateState.Parse([], null, null, "4", null, null, "12", "0.5,0,-1,0,0,0,0,0,0,9", null).For(pair);
        Assert.Equal((4, 12), (state.Condition.Label, state.Seed));
        double[] expected = [0.5, 0, -1, 0, 0, 0, 0, 0, 0, CodeSlider.RangeOf(pair.Turned)];
        Assert.Equal(expected, SliderCode.Read(state.Code, pair.Turned));
        var again = SliderCode.Write(SliderCode.Read(state.Code, pair.Turned));
        Assert.Equal(state.Code, again);
    }

    private async Task<GenerateView> View(string name, int? label = null, string? attributes = null, int picture = 0, int seed = 0)
    {
        var state = State(runs.IdOf(name), label, attributes, picture, seed);
        return GenerateView.Of(await GenerateModels.Open(_store, state.Model), state, null);
    }

    private static GenerateState State(string model, int? label, string? attributes, int picture, int seed) =>
        new(model, new ChosenCondition(picture, label, attributes), seed, null, false);
}
