namespace Elbo.Studio.Tests;

public class TrainingFormTests
{
    [Fact]
    public void Values_out_of_range_and_invalid_choices_are_clamped()
    {
        var form = new TrainingForm
        {
            Preset = "vae; rm -rf /",
            Data = "/etc",
            Epochs = int.MaxValue,
            BatchSize = -1,
            Latent = 0,
            Hidden = "--out",
            Network = "../conv",
            Prior = "--help",
            Likelihood = "none",
            KlWeight = double.NaN,
            ReconstructionWeight = double.PositiveInfinity,
            WarmUp = -3,
            LearningRate = 1e9,
            Seed = -1,
            Threads = 0,
        }.Clamped();

        Assert.Equal(
            new TrainingForm
            {
                Preset = "vae",
                Data = "mnist",
                Epochs = TrainingForm.MaxEpochs,
                BatchSize = TrainingForm.MinBatchSize,
                Latent = 1,
                Hidden = "400",
                LearningRate = TrainingForm.MaxLearningRate,
                Threads = 1,
            },
            form);
        Assert.True(new TrainingForm { Threads = int.MaxValue }.Clamped().Threads <= Environment.ProcessorCount);
    }

    [Theory]
    [InlineData("400", true, "400")]
    [InlineData(" 200 , 100 ", true, "200,100")]
    [InlineData("99999", false, "400")]
    [InlineData("1,2,3,4,5,6,7,8", false, "400")]
    [InlineData("1,2,3,4,5,4096", true, "1,2,3,4,5,4096")]
    [InlineData("", false, "400")]
    [InlineData("400,0", false, "400")]
    [InlineData("400;500", false, "400")]
    [InlineData("wide", false, "400")]
    [InlineData(null, false, "400")]
    public void Layer_widths_are_comma_separated_whole_numbers(string? text, bool areLayers, string clamped)
    {
        Assert.Equal(areLayers, TrainingForm.AreLayers(text));
        Assert.Equal(clamped, new TrainingForm { Hidden = text! }.Clamped().Hidden);
    }

    [Fact]
    public void The_values_of_a_preset_are_filled_in_and_omitted_from_the_command()
    {
        var form = TrainingForm.Of("beta-vae");
        Assert.Equal(4, form.KlWeight);
        Assert.DoesNotContain("--kl-weight", form.Arguments("out"));
        // The value one differs from the preset's four, so it is included.
        Assert.Equal("1", After("--kl-weight", form with { KlWeight = 1 }));

        var quadrant = TrainingForm.Of("cvae-quadrant-1");
        Assert.Equal((200, "500,500"), (quadrant.Latent, quadrant.Hidden));
        Assert.DoesNotContain("--latent", quadrant.Arguments("out"));
        Assert.DoesNotContain("--hidden", quadrant.Arguments("out"));
    }

    [Fact]
    public void Chosen_values_are_included_in_the_command()
    {
        var form = new TrainingForm
        {
            Preset = "cvae",
            Epochs = 3,
            BatchSize = 64,
            Latent = 5,
            Hidden = "30,20",
            Network = "conv",
            Prior = "mean-variance",
            Likelihood = "gaussian",
            KlWeight = 2.5,
            WarmUp = 400,
            ReconstructionWeight = 0.5,
            LearningRate = 0.0025,
            Seed = 9,
        };

        Assert.Equal(["train", "cvae", "--data", "mnist"], form.Arguments("out").Take(4));
        Assert.Equal(
            ["3", "64", "5", "30,20", "conv", "mean-variance", "gaussian", "linear:0:2.5:400", "0.5", "0.0025", "9", "1", "out"],
            new[]
            {
                "--epochs", "--batch-size", "--latent", "--hidden", "--network", "--prior", "--likelihood", "--kl-weight",
                "--reconstruction-weight", "--learning-rate", "--seed", "--threads", "--out",
            }.Select(option => After(option, form)));
    }

    private static string After(string option, TrainingForm form)
    {
        var arguments = form.Arguments("out").ToList();
        return arguments[arguments.IndexOf(option) + 1];
    }
}
