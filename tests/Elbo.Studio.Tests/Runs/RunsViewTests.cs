namespace Elbo.Studio.Tests;

public sealed class RunsViewTests : IDisposable
{
    private readonly WrittenRuns _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void A_warm_up_has_two_markers_and_a_sudden_change_one()
    {
        _written.Write("one", epochs: [(1, 1, 0), (2, 1, 0), (3, 1, 0.25), (4, 1, 0.5), (5, 1, 1), (6, 1, 1), (7, 1, 4), (8, 1, 4)]);
        Assert.Equal([3, 5, 7], RunCurveData.WeightChanges(Assert.Single(_written.Catalogue.Runs()).Overview!));
    }

    [Fact]
    public void Each_term_has_its_own_curve_of_training_and_validation()
    {
        _written.Write("one", epochs: [(1, 5, 1), (2, 7, 1)]);
        IReadOnlyList<RunOverview> runs = [Assert.Single(_written.Catalogue.Runs()).Overview!];
        var kl = RunCurveData.Of(runs, RunTerm.Kl);
        Assert.Equal(["train", "validation"], kl.Select(series => series.Split));
        Assert.Equal([(1, 5), (2, 7)], kl[1].Points);
        Assert.Equal([(1, 105), (2, 107)], RunCurveData.Of(runs, RunTerm.NegativeElbo)[0].Points);
    }

    [Fact]
    public void Long_curves_are_thinned_and_keep_their_end()
    {
        _written.Write("one", epochs: [.. Enumerable.Range(1, 3000).Select(epoch => (epoch, epoch / 1000.0, 1.0))]);
        var series = RunCurveData.Of([Assert.Single(_written.Catalogue.Runs()).Overview!], RunTerm.Kl)[0];
        Assert.InRange(series.Points.Count, 300, 401);
        Assert.Equal((3000, 3), series.Points[^1]);
    }

    [Fact]
    public void Only_settings_that_differ_stand_side_by_side()
    {
        _written.Write("one");
        _written.Write("two", change: configuration => configuration with { Objective = configuration.Objective with { KlWeight = 4 } });
        var runs = _written.Catalogue.Runs().OrderBy(run => run.Name).Select(run => run.Overview!).ToList();
        var row = Assert.Single(SettingRow.Of(runs));
        Assert.Equal("objective.klWeight", row.Name);
        Assert.Equal(["1", "4"], row.Values);
        Assert.True(SettingRow.Of([runs[0]]).Count > 10);
    }

    [Theory]
    [InlineData(0, 30, new double[] { 0, 10, 20, 30 })]
    [InlineData(97.2, 131, new double[] { 100, 110, 120, 130 })]
    [InlineData(0, 0.002, new double[] { 0, 0.0005, 0.001, 0.0015, 0.002 })]
    public void Ticks_are_round_numbers_within_the_axis(double from, double to, double[] expected) =>
        Assert.All(expected.Zip(ChartFrame.Ticks(from, to)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));

    [Fact]
    public void An_address_holds_the_runs_and_the_epoch_and_nothing_that_is_none()
    {
        var state = RunsState.Parse("0123456789abcdef,../../etc,0123456789ABCDEF,fedcba9876543210,0123456789abcdef", "99999999999");
        Assert.Equal(["0123456789abcdef", "fedcba9876543210"], state.Runs);
        Assert.Equal(1_000_000, state.Epoch);
        Assert.Equal("runs?run=0123456789abcdef%2Cfedcba9876543210&epoch=1000000", state.ToAddress());
        Assert.Equal(RunsState.Most, Enumerable.Range(0, 9).Aggregate(state, (each, i) => each.Toggle($"{i:x16}")).Runs.Count);
    }

    [Fact]
    public void A_form_is_clamped_whatever_a_client_sends()
    {
        var words = new TrainingForm { Preset = "--out", Data = "/etc", Epochs = -5, Latent = 1_000_000, KlWeight = double.NaN, Prior = "x y", Threads = 10_000 }.Arguments("RUN");
        Assert.Equal("train vae --data mnist --epochs 1", string.Join(' ', words.Take(6)));
        Assert.DoesNotContain("--prior", words);
        Assert.DoesNotContain("--kl-weight", words);
        Assert.Equal("512", words[words.Index().First(word => word.Item == "--latent").Index + 1]);
    }
}
