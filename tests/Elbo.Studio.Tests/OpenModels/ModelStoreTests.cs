namespace Elbo.Studio.Tests;

public class ModelStoreTests(ModelServicesFixture models, OwnRuns runs) : IClassFixture<ModelServicesFixture>, IClassFixture<OwnRuns>
{
    private ModelStore Open() => new(models.Services.Bundled, models.Services.MnistImages, new RunCatalogue([runs.Root]));

    public static TheoryData<string> Names => [.. OwnRuns.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_run_opens_with_examples_that_it_was_not_trained_on(string name)
    {
        using var store = Open();
        var opened = await store.Open(runs.IdOf(name));
        var data = opened.Run!.Overview!.Directory.LoadData();
        var (kept, held) = ValidationSplit.Split(data.Train, ValidationSplit.DefaultFor(data.Train.Count), 0);
        Assert.Equal(("validation", held!.Count), (opened.Split, opened.Examples.Count));
        Assert.Equal(held.Indices.ToArray(), opened.Examples.Indices.ToArray());
        Assert.Empty(opened.Examples.Indices.ToArray().Intersect(kept.Indices.ToArray()));
        Assert.Null(opened.Weights.FindMisfit(opened.Examples));
        Assert.Equal(opened.LatentSize, opened.Latents.Order.Distinct().Count());
    }

    [Fact]
    public async Task The_model_of_a_run_is_read_once_while_few_are_open()
    {
        using var store = Open();
        var first = await store.Open(runs.IdOf("plain"));
        var weights = first.Weights;
        Assert.Same(first, await store.Open(runs.IdOf("plain")));
        Assert.Same(weights, first.Weights);
        foreach (var name in OwnRuns.Names.Skip(1))
            _ = (await store.Open(runs.IdOf(name))).Weights;
        // Freed, and read again for a page that still shows it.
        Assert.Throws<ObjectDisposedException>(() => weights.Decode(new LatentCodes(5, new float[5])));
        Assert.Equal(1, first.Weights.Decode(new LatentCodes(5, new float[5])).Count);
    }

    [Theory]
    [InlineData("run-0123456789abcdef")]
    [InlineData("run-../../../../etc")]
    [InlineData("unknown")]
    public async Task Another_id_is_refused(string id)
    {
        using var store = Open();
        await Assert.ThrowsAsync<SettingsException>(() => store.Open(id));
    }

    [Fact]
    public async Task Data_that_is_no_longer_that_of_the_training_is_refused()
    {
        using var store = Open();
        var file = Path.Combine(runs.Table, "test.csv");
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        try
        {
            await File.WriteAllTextAsync(file, before.Replace("1", "2"), TestContext.Current.CancellationToken);
            var refused = await Assert.ThrowsAsync<InputException>(() => store.Open(runs.IdOf("table")));
            Assert.Contains("no longer holds the data", refused.Message);
        }
        finally
        {
            await File.WriteAllTextAsync(file, before, TestContext.Current.CancellationToken);
        }

        // Nothing of the failure is kept.
        Assert.Equal("table", (await store.Open(runs.IdOf("table"))).Name);
    }

    [Fact]
    public async Task The_plane_of_the_principal_components_has_the_largest_variance_of_all_planes()
    {
        using var store = Open();
        var latents = (await store.Open(runs.IdOf("plain"))).Latents;
        int[] indices = [.. Enumerable.Range(0, latents.Means.Count)];
        var principal = PlaneProjection.OfPrincipalComponents(latents);
        var best = Variance(principal.Project(latents, indices));
        for (var first = 0; first < latents.Order.Count; first++)
        {
            for (var second = 0; second < first; second++)
            {
                var plane = PlaneProjection.OfDimensions(latents.Order.Count, first, second);
                Assert.True(Variance(plane.Project(latents, indices)) <= best + 1e-9);
            }
        }

        Assert.Equal(0, principal.First.Zip(principal.Second, (one, other) => one * other).Sum(), 1e-9);
        Assert.Equal(1, principal.First.Sum(value => value * value), 1e-9);
        // The point of a code is projected where it came from.
        var code = principal.CodeOf(0.3, -0.2);
        Assert.Equal(0.3, code.Select((value, i) => (value - principal.Origin[i]) * principal.First[i]).Sum(), 1e-6);
    }

    private static double Variance(IReadOnlyList<PlaneCode> codes)
    {
        var (x, y) = (codes.Average(code => code.X), codes.Average(code => code.Y));
        return codes.Average(code => (code.X - x) * (code.X - x) + (code.Y - y) * (code.Y - y));
    }
}
