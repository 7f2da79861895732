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
            Condition = new(OnAttributes: true, Attributes: "--out", Region: "mask:/etc/passwd"),
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
        Assert.DoesNotContain("--kl-weight", Arguments(form));
        // The value one differs from the preset's four, so it is included.
        Assert.Equal("1", After("--kl-weight", form with { KlWeight = 1 }));

        var quadrant = TrainingForm.Of("cvae-quadrant-1");
        Assert.Equal((200, "500,500"), (quadrant.Latent, quadrant.Hidden));
        Assert.DoesNotContain("--latent", Arguments(quadrant));
        Assert.DoesNotContain("--hidden", Arguments(quadrant));
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

        Assert.Equal(["train", "cvae", "--data", "mnist"], Arguments(form).Take(4));
        Assert.Equal(
            ["3", "64", "5", "30,20", "conv", "mean-variance", "gaussian", "linear:0:2.5:400", "0.5", "0.0025", "9", "1", "out"],
            new[]
            {
                "--epochs", "--batch-size", "--latent", "--hidden", "--network", "--prior", "--likelihood", "--kl-weight",
                "--reconstruction-weight", "--learning-rate", "--seed", "--threads", "--out",
            }.Select(option => After(option, form)));
    }

    [Theory]
    [InlineData("mnist", "mnist")]
    [InlineData("folder:0123456789abcdef", "folder:0123456789abcdef")]
    [InlineData("folder:0123456789abcdeg", "mnist")]
    [InlineData("folder:0123456789abcdef0", "mnist")]
    [InlineData("folder:../../etc", "mnist")]
    [InlineData(null, "mnist")]
    public void Only_an_id_can_name_data(string? given, string clamped) =>
        Assert.Equal(clamped, new TrainingForm { Data = given! }.Clamped().Data);

    [Fact]
    public void Another_condition_than_that_of_the_preset_is_included_in_the_command()
    {
        Assert.DoesNotContain("--condition", Arguments(TrainingForm.Of("cvae")));
        Assert.DoesNotContain("--condition", Arguments(TrainingForm.Of("cvae-quadrant-2")));
        Assert.Equal("label+top-half", After("--condition", TrainingForm.Of("cvae") with { Condition = new(true, Region: "top-half") }));
        Assert.Equal(
            "all-but-rectangle:1,2,3,4",
            After("--condition", TrainingForm.Of("cvae") with { Condition = new(Region: "all-but-rectangle", Numbers: " 1,2, 3,4") }));
        Assert.DoesNotContain("--condition", Arguments(TrainingForm.Of("vae") with { Condition = new(true) }));
    }

    [Fact]
    public void For_pairs_without_labels_a_conditional_preset_is_conditioned_on_the_attributes()
    {
        var pairs = new DataFacts(ValueShape.Vector(3), 10, 5, 0, ["a", "b"], null);
        var form = TrainingForm.Of("cvae").On(DataEntry.OfFolder("/data/pairs"), pairs);
        Assert.Equal(new ConditionChoice(OnAttributes: true), form.Condition);
        Assert.Null(form.FindProblem(pairs));
        Assert.True(form.On(DataEntry.OfName("mnist"), pairs with { LabelCount = 10 }).Condition.OnLabel);
    }

    private static string After(string option, TrainingForm form)
    {
        var arguments = Arguments(form).ToList();
        return arguments[arguments.IndexOf(option) + 1];
    }

    private static IReadOnlyList<string> Arguments(TrainingForm form) => form.Arguments(DataEntry.OfName("mnist"), null, "out");
}
