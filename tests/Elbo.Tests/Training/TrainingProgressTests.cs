namespace Elbo.Tests;

public class TrainingProgressTests
{
    [Fact]
    public void The_fraction_grows_from_the_first_step_to_one()
    {
        using var model = SmallRuns.Model();
        var reports = new List<TrainingProgress>();

        new Trainer(model, SmallRuns.Options(null)).Fit(SmallRuns.Data, new SynchronousProgress(reports.Add));

        var fractions = reports.Select(report => report.Fraction).ToList();
        Assert.Equal(fractions.Order(), fractions);
        Assert.Equal(1, fractions[^1]);
        Assert.All(reports, report => Assert.Equal(
            ((report.Epoch - 1) * SmallRuns.StepsPerEpoch + report.Step) / (2.0 * SmallRuns.StepsPerEpoch), report.Fraction, 1e-12));
        Assert.All(reports, report => Assert.True(report.Remaining >= TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    [Fact]
    public void The_time_left_is_that_of_the_steps_left_at_the_pace_so_far()
    {
        var begin = new TrainingPosition(Epoch: 1, Step: 5);
        var meter = new ProgressMeter(epochs: 2, stepsPerEpoch: 20, begin);

        Assert.Null(meter.TimeLeft(begin, TimeSpan.FromSeconds(10)));
        // 10 of 35 steps in 10 seconds.
        Assert.Equal(TimeSpan.FromSeconds(25), meter.TimeLeft(new(Epoch: 1, Step: 15), TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.Zero, meter.TimeLeft(new(Epoch: 3, Step: 0), TimeSpan.FromSeconds(40)));
    }
}
