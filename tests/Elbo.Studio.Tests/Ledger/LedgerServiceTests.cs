namespace Elbo.Studio.Tests;

public sealed class LedgerServiceTests(ModelServicesFixture models, OwnRuns runs)
    : IClassFixture<ModelServicesFixture>, IClassFixture<OwnRuns>, IDisposable
{
    private readonly ModelStore _store =
        new(models.Services.Bundled, models.Services.MnistImages, new RunCatalogue([runs.Root]));

    public void Dispose() => _store.Dispose();

    public static TheoryData<string> Names => [.. OwnRuns.Names];

    [Theory]
    [InlineData("kl-1", 0, 0)]
    [InlineData("kl-1", 1234, 7)]
    [InlineData("kl-32", 9999, 2)]
    [InlineData("kl-only", 3, 0)]
    [InlineData("sliders", 42, 3)]
    [InlineData("reconstruction-only", 8, 0)]
    [InlineData("label-mean-variance", 8, 5)]
    [InlineData("visible-quadrants-1", 8, 5)]
    public Task The_terms_equal_the_scores_of_the_library(string model, int index, ulong seed) => CompareWithScore(model, index, seed);

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_terms_of_own_runs_equal_the_scores_of_the_library(string name) => CompareWithScore(runs.IdOf(name), 3, 1);

    [Fact]
    public async Task The_reconstruction_term_of_a_pixel_is_its_cross_entropy()
    {
        var breakdown = await Compute("kl-1", ImageChoice.Test(2));
        var (x, p) = (breakdown.Value[0].ToArray(), breakdown.Decoded[0].ToArray());
        for (var i = 0; i < x.Length; i++)
        {
            if (p[i] is < 1e-3f or > 1 - 1e-3f)
                continue;
            Assert.Equal(-x[i] * Math.Log(p[i]) - (1 - x[i]) * Math.Log(1 - p[i]), breakdown.ReconstructionPerValue[i], 1e-3);
        }

        // No decoder is below the floor: the derivative of the cross-entropy is zero where p = x.
        var floor = x.Where(value => value is > 0 and < 1).Sum(value => -value * Math.Log(value) - (1 - value) * Math.Log(1 - value));
        Assert.Equal(floor, breakdown.Floor!.Value, 1e-4);
        Assert.True(floor > 10 && floor < breakdown.Reconstruction);
    }

    [Fact]
    public async Task The_likelihood_of_a_plane_is_its_integral_over_a_grid_and_the_gap_is_positive()
    {
        var opened = await _store.Open("kl-1");
        var report = (await Compute("kl-1", ImageChoice.Test(0))).Likelihood!;
        // The posterior is some hundredths wide: a grid around it, and p(x|z) from the decoded pixels.
        var breakdown = await Compute("kl-1", ImageChoice.Test(0));
        var x = breakdown.Value[0].ToArray();
        const int Side = 81;
        double[] widths = [.. breakdown.Dimensions.Select(dimension => 16 * dimension.Deviation!.Value / (Side - 1))];
        var codes = new float[2 * Side * Side];
        for (var i = 0; i < Side * Side; i++)
        {
            codes[2 * i] = (float)(breakdown.Dimensions[0].Mean + (i % Side - Side / 2) * widths[0]);
            codes[2 * i + 1] = (float)(breakdown.Dimensions[1].Mean + (i / Side - Side / 2) * widths[1]);
        }

        var decoded = opened.Weights.Decode(new LatentCodes(2, codes));
        double[] terms =
        [
            .. Enumerable.Range(0, Side * Side).Select(i =>
            {
                var p = decoded[i];
                var sum = -(codes[2 * i] * codes[2 * i] + codes[2 * i + 1] * codes[2 * i + 1]) / 2.0 - Math.Log(2 * Math.PI);
                for (var pixel = 0; pixel < x.Length; pixel++)
                {
                    var probability = Math.Clamp(p[pixel], 1e-7, 1 - 1e-7);
                    sum += x[pixel] * Math.Log(probability) + (1 - x[pixel]) * Math.Log(1 - probability);
                }

                return sum;
            }),
        ];
        var largest = terms.Max();
        var evidence = largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)) * widths[0] * widths[1]);
        var (estimate, error) = (report.ImportanceSampling.Nats, report.ImportanceSampling.MonteCarloStandardError!.Value);
        Assert.Equal(-evidence, estimate, 4 * error + 0.02);
        Assert.True(report.NegativeElbo.Nats - estimate > -0.05);
    }

    [Fact]
    public async Task Each_code_is_mu_plus_sigma_times_epsilon()
    {
        foreach (var dimension in (await Compute("label-mean-variance", ImageChoice.Test(77), seed: 4)).Dimensions)
            Assert.Equal(dimension.Mean + dimension.Deviation!.Value * dimension.Epsilon!.Value, dimension.Code, 1e-5);
    }

    [Fact]
    public async Task Another_seed_changes_only_the_noise_and_what_depends_on_it()
    {
        var first = await Compute("kl-1", ImageChoice.Test(5));
        var again = await Compute("kl-1", ImageChoice.Test(5), seed: 1);
        Assert.Equal(first.Kl, again.Kl);
        Assert.Equal(
            first.Dimensions.Select(dimension => (dimension.Mean, dimension.Deviation)),
            again.Dimensions.Select(dimension => (dimension.Mean, dimension.Deviation)));
        Assert.NotEqual(first.Dimensions[0].Epsilon, again.Dimensions[0].Epsilon);
        Assert.NotEqual(first.Reconstruction, again.Reconstruction);
    }

    [Fact]
    public async Task A_drawing_gives_the_same_terms_as_an_equal_test_image()
    {
        // A drawing has the index 0, from which its noise derives: the first test image has the same.
        var drawing = models.Services.MnistImages.Test.ToBytes(0);
        var drawn = await Compute("kl-1", ImageChoice.Drawing(drawing));
        var image = await Compute("kl-1", ImageChoice.Test(0));
        Assert.Equal(image.NegativeElbo, drawn.NegativeElbo);
        Assert.Equal(image.Decoded.Values.ToArray(), drawn.Decoded.Values.ToArray());
    }

    [Fact]
    public async Task Inactive_dimensions_are_marked_and_have_almost_no_KL()
    {
        Assert.All((await Compute("kl-only", ImageChoice.Test(5))).Dimensions, dimension => Assert.True(dimension.IsInactive));
        Assert.All((await Compute("kl-1", ImageChoice.Test(5))).Dimensions, dimension => Assert.False(dimension.IsInactive));
        Assert.All(
            (await Compute("kl-only", ImageChoice.Test(5))).Dimensions,
            dimension => Assert.InRange(dimension.Kl!.Value, -1e-3, 0.01));
    }

    [Fact]
    public async Task A_conditional_model_takes_another_label_than_that_of_the_example()
    {
        var drawing = ImageChoice.Drawing(new byte[784]);
        Assert.True(double.IsFinite((await Compute("label-mean", drawing, label: 3)).NegativeElbo!.Value));
        var own = await Compute(runs.IdOf("labels"), ImageChoice.Test(1));
        var other = await Compute(runs.IdOf("labels"), ImageChoice.Test(1), label: (await LabelOf("labels", 1) + 1) % 3);
        Assert.NotEqual(own.NegativeElbo, other.NegativeElbo);
        await Assert.ThrowsAsync<SettingsException>(() => Compute(runs.IdOf("labels"), ImageChoice.Test(1), label: 3));
        await Assert.ThrowsAsync<SettingsException>(() => Compute(runs.IdOf("plain"), ImageChoice.Test(1), label: 1));
        await Assert.ThrowsAsync<SettingsException>(() => Compute(runs.IdOf("plain"), drawing));
        await Assert.ThrowsAsync<SettingsException>(() => Compute(runs.IdOf("plain"), ImageChoice.Test(1_000)));
    }

    [Fact]
    public async Task A_row_of_a_table_is_decoded_in_the_units_of_its_columns()
    {
        var opened = await _store.Open(runs.IdOf("table"));
        var view = LedgerView.Of(opened, LedgerState.Parse([], runs.IdOf("table"), "2", null, null, null), null);
        Assert.Null(view.Pictures);
        Assert.Equal(["height", "weight"], view.Rows.Select(row => row.Name).Order());
        var row = view.Rows.Single(each => each.Name == "height");
        Assert.Equal(opened.Examples.ToValues(2)[0][0], row.Value);
        Assert.InRange(row.Decoded, 140, 200);
        Assert.Equal(view.Breakdown.Reconstruction, view.Rows.Sum(each => each.Nats), 1e-6);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("labels")]
    [InlineData("region")]
    public async Task The_copied_command_makes_the_decoded_picture_below_its_image(string name)
    {
        var opened = await _store.Open(runs.IdOf(name));
        var view = LedgerView.Of(opened, LedgerState.Parse([], opened.Id, "4", null, null, "7"), null);
        var command = LedgerSource.Command(view)!;
        var file = Path.Combine(Path.GetTempPath(), $"elbo-{Guid.NewGuid():N}.png");
        try
        {
            await ElboProcess.Run(command["elbo ".Length..].Replace("decoded.png", file));
            var expected = ExampleValues.Concatenate([opened.Examples.ToValues(4), view.Breakdown.Decoded]);
            Assert.Equal(ImageGrid.ToPng(expected, new ImageGridOptions { Columns = 1 }), await File.ReadAllBytesAsync(file));
        }
        finally
        {
            File.Delete(file);
        }

        // No command takes a drawing, or another label than that of the example.
        Assert.Null(LedgerSource.Command(view with { State = view.State with { Label = 0 } }));
    }

    private async Task CompareWithScore(string model, int index, ulong seed)
    {
        var opened = await _store.Open(model);
        var breakdown = await Compute(model, ImageChoice.Test(index), seed);
        var score = Assert.Single(opened.Weights.Score(opened.Examples.Subset([index]), samples: 1, seed));
        Assert.Equal(score.Reconstruction, breakdown.Reconstruction, 1e-4);
        Assert.Equal(score.Kl is null, breakdown.Kl is null);
        Assert.Equal(score.Kl ?? 0, breakdown.Kl ?? 0, 1e-4);
        Assert.Equal(score.NegativeElbo ?? 0, breakdown.NegativeElbo ?? 0, 1e-4);
        Assert.Equal(breakdown.Kl ?? 0, breakdown.Dimensions.Sum(dimension => dimension.Kl ?? 0), 1e-4);
        Assert.Equal(opened.Shape.Size, breakdown.ReconstructionPerValue.Count);
    }

    private async Task<int> LabelOf(string name, int index) => (await _store.Open(runs.IdOf(name))).Examples.Labels.Span[index];

    private async Task<ElboBreakdown> Compute(string model, ImageChoice image, ulong seed = 0, int? label = null) =>
        LedgerService.Compute(new LedgerRequest(await _store.Open(model), image, seed, label));
}
