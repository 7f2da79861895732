namespace Elbo.Studio.Tests;

public sealed class RunCurveTests : IDisposable
{
    private readonly RunFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void Each_term_has_a_curve_for_training_and_one_for_validation()
    {
        _folders.Add("run", epochs: 2);

        AssertCurves(RunTerm.Reconstruction, [(1, 101), (2, 102)], [(1, 201), (2, 202)]);
        AssertCurves(RunTerm.Kl, [(1, 11), (2, 12)], [(1, 11), (2, 12)]);
        AssertCurves(RunTerm.NegativeElbo, [(1, 112), (2, 114)], [(1, 212), (2, 214)]);
        AssertCurves(RunTerm.LearningRate, [(1, 0.001), (2, 0.001)]);

        void AssertCurves(RunTerm term, params (double, double)[][] points) =>
            Assert.Equal(
                points.Select(curve => curve.Select(point => new RunPoint((int)point.Item1, point.Item2)).ToArray()),
                RunCurveData.Of(Overviews("run"), term).Select(series => series.Points.ToArray()));
    }

    [Fact]
    public void Curves_of_several_runs_keep_their_order()
    {
        _folders.Add("first", epochs: 2);
        _folders.Add("second", epochs: 3);

        Assert.Equal(
            [(0, "train", 2), (0, "validation", 2), (1, "train", 3), (1, "validation", 3)],
            RunCurveData.Of(Overviews("first", "second"), RunTerm.Kl).Select(series => (series.Run, series.Split, series.Points.Count)));
    }

    [Fact]
    public void Weights_and_loss_have_curves_only_if_they_are_informative()
    {
        _folders.Add("plain");
        _folders.Add("weighted", epochs: 0);
        _folders.AddEpoch("weighted", 1, klWeight: 0.5);
        _folders.AddEpoch("weighted", 2, klWeight: 1);

        Assert.Equal([RunTerm.NegativeElbo, RunTerm.Reconstruction, RunTerm.Kl, RunTerm.ActiveUnits], Shown("plain"));
        Assert.Equal(
            [RunTerm.NegativeElbo, RunTerm.Reconstruction, RunTerm.Kl, RunTerm.ActiveUnits, RunTerm.Loss, RunTerm.KlWeight],
            Shown("weighted"));
        Assert.Equal(
            [106.5, 114],
            RunCurveData.Of(Overviews("weighted"), RunTerm.Loss).Single(series => series.Split == "train").Points
                .Select(point => point.Value));

        RunTerm[] Shown(string name) => [.. Enum.GetValues<RunTerm>().Where(term => RunCurveData.IsInformative(Overviews(name), term))];
    }

    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 1 }, new int[0])]
    [InlineData(new[] { 1.0, 1, 4, 4 }, new[] { 3 })]
    [InlineData(new[] { 0.2, 0.4, 0.6, 0.8, 1, 1, 1 }, new[] { 2, 5 })]
    [InlineData(new[] { 0.2, 0.4, 0.6 }, new[] { 2, 3 })]
    [InlineData(new[] { 1.0, 0.5, 0.5, 0.5, 1, 1 }, new[] { 2, 5 })]
    public void Weights_are_marked_where_they_start_and_stop_changing(double[] weights, int[] marked)
    {
        _folders.Add("of-kl", epochs: 0);
        _folders.Add("of-reconstruction", epochs: 0);
        foreach (var (index, weight) in weights.Index())
        {
            _folders.AddEpoch("of-kl", index + 1, klWeight: weight);
            _folders.AddEpoch("of-reconstruction", index + 1, reconstructionWeight: weight);
        }

        Assert.Equal(marked, RunCurveData.WeightChanges(Overviews("of-kl")[0]));
        Assert.Equal(marked, RunCurveData.WeightChanges(Overviews("of-reconstruction")[0]));
    }

    [Fact]
    public void Long_curves_are_thinned_and_keep_their_last_point()
    {
        _folders.Add("long", epochs: 1003);

        var points = RunCurveData.Of(Overviews("long"), RunTerm.Kl)[0].Points;
        Assert.InRange(points.Count, 200, 402);
        Assert.Equal(new RunPoint(1, 11), points[0]);
        Assert.Equal(new RunPoint(1003, 1013), points[^1]);
    }

    [Fact]
    public void Some_epochs_are_shown_with_their_neighbours_and_every_point()
    {
        _folders.Add("long", epochs: 1003);

        var points = RunCurveData.Of(Overviews("long"), RunTerm.Kl, (100, 120))[0].Points;
        Assert.Equal(Enumerable.Range(99, 23), points.Select(point => point.Epoch));
    }

    [Fact]
    public void The_standard_errors_belong_to_the_bound_alone_and_to_the_epochs_that_have_one()
    {
        _folders.Add("run", epochs: 2);
        _folders.AddErrors("run", (1, "validation", 0.5), (2, "train", 0.25), (7, "train", 1));

        var series = RunCurveData.Of(Overviews("run"), RunTerm.NegativeElbo);
        Assert.Equal([null, 0.25], series[0].Points.Select(point => point.Error));
        Assert.Equal([0.5, null], series[1].Points.Select(point => point.Error));
        Assert.All(RunCurveData.Of(Overviews("run"), RunTerm.Kl).SelectMany(each => each.Points), point => Assert.Null(point.Error));
    }

    [Fact]
    public void Metrics_with_values_that_are_not_finite_are_refused()
    {
        var metrics = Path.Combine(_folders.Add("run", epochs: 1), "metrics.csv");
        File.AppendAllText(metrics, "20,2,train,NaN,NaN,NaN,NaN,2,1,1,0.001,NaN,NaN\n");

        Assert.Throws<InputException>(() => Overviews("run"));
    }

    private RunOverview[] Overviews(params string[] names) => [.. names.Select(name => RunOverview.Read(_folders[name]))];
}
