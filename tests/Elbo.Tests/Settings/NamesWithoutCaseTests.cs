namespace Elbo.Tests;

public class NamesWithoutCaseTests
{
    [Fact]
    public void Names_are_recorded_as_they_are_registered()
    {
        using var model = Vae.Create(SmallRuns.Data.Shape, o => o with
        {
            LatentSize = 2,
            Posterior = "GAUSSIAN",
            Prior = "Standard",
            Likelihood = "Bernoulli",
            Network = new() { Kind = "MLP", Hidden = [8], Activation = "Leaky-ReLU" },
        });
        var options = SmallRuns.Options(null) with
        {
            LearningRateSchedule = "Cosine",
            Device = "CPU",
            Objective = new() { Kind = "ELBO" },
        };

        var recorded = new Trainer(model, options).Check(SmallRuns.Data.Train);

        Assert.Equal(
            (LearningRateSchedules.Cosine, Devices.Cpu, Objectives.Bound),
            (recorded.Training.LearningRateSchedule, recorded.Training.Device, recorded.Objective.Kind));
        Assert.Equal(
            (Posteriors.Gaussian, Priors.Standard, Likelihoods.Bernoulli, Networks.Perceptron, Activations.LeakyRelu),
            (recorded.Model.Posterior, recorded.Model.Prior, recorded.Model.Likelihood, recorded.Model.Network.Kind,
                recorded.Model.Network.Activation));
    }

    [Theory]
    [InlineData("Top-Half", Regions.TopHalf)]
    [InlineData("Rectangle:1,1,2,2", "rectangle:1,1,2,2")]
    public void A_region_in_capitals_is_the_same_condition(string given, string registered)
    {
        var shape = new ImageShape(1, 6, 6);

        Assert.Equal(Condition.Region(registered, shape), Condition.Region(given, shape));
        Assert.Equal(ConditionText.Parse(registered), ConditionText.Parse(given));
    }

    [Fact]
    public void An_unknown_device_or_schedule_is_named_with_those_that_exist()
    {
        Assert.Contains("cpu, cuda", Assert.Throws<SettingsException>(() => Devices.Find("tpu")).Message, StringComparison.Ordinal);
        var schedule = Assert.Throws<SettingsException>(() => new TrainerOptions { LearningRateSchedule = "step" }.Validate());
        Assert.Contains("constant, linear, cosine", schedule.Message, StringComparison.Ordinal);
    }
}
