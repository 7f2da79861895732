namespace Elbo.Cli.Tests;

public class PropertyFlagsTests
{
    [Theory]
    [InlineData("No Sigma: choose a Likelihood.", "No Sigma: choose a Likelihood (Sigma is --sigma, Likelihood is --likelihood).")]
    [InlineData("Omit Sigma. A Sigma is of no use.", "Omit Sigma. A Sigma is of no use (Sigma is --sigma).")]
    [InlineData("The batch has BatchSize examples.", "The batch has BatchSize examples (BatchSize is --batch-size).")]
    [InlineData("An Objective of a Network.", "An Objective of a Network (Objective is --objective, Network is --network).")]
    [InlineData("PriorComponents is 0.", "PriorComponents is 0 (PriorComponents is --prior-components).")]
    [InlineData("Omit it. Set LatentSize.", "Omit it. Set LatentSize (LatentSize is --latent).")]
    public void A_property_is_followed_by_its_flag(string message, string expected) =>
        Assert.Equal(expected, PropertyFlags.AddTo(message, new TrainCommand()));

    [Theory]
    [InlineData("Samples are images. Condition them.")]
    [InlineData("The run runs/Prior does not exist: choose /data/Sigma/run or Hidden.json.")]
    [InlineData("The prior 'Prior' is unknown.")]
    [InlineData("Priors differ from a PriorLayout.")]
    [InlineData("Choose the Prior with --prior.")]
    public void A_message_without_a_property_or_with_a_flag_stays_as_it_is(string message) =>
        Assert.Equal(message, PropertyFlags.AddTo(message, new TrainCommand()));

    [Fact]
    public void A_flag_of_another_command_is_named_with_it() => Assert.Equal(
        "Set StartFrom or Epochs (StartFrom is --start-from of elbo train, Epochs is --epochs).",
        PropertyFlags.AddTo("Set StartFrom or Epochs.", new ResumeCommand()));
}
