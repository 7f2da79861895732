namespace Elbo.Tests;

public class WeightScheduleTests
{
    [Theory]
    [InlineData("4", 0, 4)]
    [InlineData("4", 999, 4)]
    [InlineData("linear:0:1:100", 0, 0)]
    [InlineData("linear:0:1:100", 25, 0.25)]
    [InlineData("linear:0:1:100", 100, 1)]
    [InlineData("linear:0:1:100", 5000, 1)]
    [InlineData("linear:2:1:10", 5, 1.5)]
    [InlineData("cyclical:0:1:100:3", 0, 0)]
    [InlineData("cyclical:0:1:100:3", 25, 0.5)]
    [InlineData("cyclical:0:1:100:3", 50, 1)]
    [InlineData("cyclical:0:1:100:3", 99, 1)]
    [InlineData("cyclical:0:1:100:3", 100, 0)]
    [InlineData("cyclical:0:1:100:3", 225, 0.5)]
    [InlineData("cyclical:0:1:100:3", 300, 1)]
    public void A_schedule_has_the_weight_of_its_written_form(string text, long step, double expected) =>
        Assert.Equal(expected, WeightSchedule.Parse(text).At(step), 1e-12);

    [Theory]
    [InlineData("4")]
    [InlineData("0.1")]
    [InlineData("linear:0:1:100")]
    [InlineData("cyclical:0:1:100:3")]
    public void The_written_form_reads_back(string text)
    {
        var schedule = WeightSchedule.Parse(text);
        Assert.Equal(text, schedule.ToString());
        Assert.Equal(schedule, Json.Read<WeightSchedule>(Json.Write(schedule), "a test"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("linear:0:1")]
    [InlineData("linear:0:1:0")]
    [InlineData("linear:0:1:1.5")]
    [InlineData("linear:0:1:99999999999999999999")]
    [InlineData("cyclical:0:1:10")]
    [InlineData("cyclical:0:1:-10:2")]
    [InlineData("cyclical:0:1:4000000000:4000000000")]
    [InlineData("quadratic:0:1:10")]
    public void An_invalid_weight_is_rejected_with_a_sentence(string text)
    {
        var exception = Assert.Throws<SettingsException>(() => WeightSchedule.Parse(text));
        Assert.Contains("is not a weight", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, WeightSchedule?> Unwritable { get; } = new()
    {
        { "negative", -1 },
        { "no number", double.NaN },
        { "infinite", double.PositiveInfinity },
        { "to a negative one", new LinearWarmUp(0, -1, 10) },
        { "without steps", new LinearWarmUp(0, 1, 0) },
        { "without cycles", new CyclicalWeight(0, 1, 10, 0) },
        { "without end", new CyclicalWeight(0, 1, 4_000_000_000, 4_000_000_000) },
        { "of a user", new Quadratic("quadratic:0:1:10") },
        { "of a user that passes for another", new Quadratic("1") },
        { "none", null },
    };

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void A_schedule_that_cannot_be_read_back_is_rejected_before_training(string name, WeightSchedule? schedule)
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        foreach (var objective in new ObjectiveOptions[] { new() { KlWeight = schedule! }, new() { ReconstructionWeight = schedule! } })
        {
            var options = SmallRuns.Options(folders["run"]) with { Objective = objective };
            var refused = Assert.Throws<SettingsException>(() => new Trainer(model, options).Fit(SmallRuns.Data));
            Assert.True(refused.Message.Contains("cannot be recorded", StringComparison.Ordinal), name);
            Assert.False(Directory.Exists(folders["run"]));
        }
    }

    [Fact]
    public void A_schedule_that_does_not_end_within_the_run_is_rejected()
    {
        var objective = new WeightedObjective(new ObjectiveOptions { KlWeight = WeightSchedule.Parse("linear:0:1:101") }, Probe.Bound);
        var exception = Assert.Throws<SettingsException>(() => objective.EnsureSchedulesFit(100));
        Assert.Contains("KL weight", exception.Message, StringComparison.Ordinal);
        objective.EnsureSchedulesFit(101);
    }

    private sealed record Quadratic(string Written) : WeightSchedule
    {
        public override long EndStep => 10;

        public override double Final => 1;

        public override double At(long step) => Math.Min(1, Math.Pow(step / 10.0, 2));

        public override string ToString() => Written;
    }
}
