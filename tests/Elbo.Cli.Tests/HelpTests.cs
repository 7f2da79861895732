using System.CommandLine;

namespace Elbo.Cli.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. PathsOf(CommandLine.CreateRoot(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_every_command_ends_with_an_example_that_parses(string path)
    {
        var root = CommandLine.CreateRoot();
        using var output = new StringWriter();
        var exitCode = root.Parse([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])
            .Invoke(new InvocationConfiguration { Output = output });
        Assert.Equal(0, exitCode);
        var last = output.ToString().TrimEnd().Split('\n')[^1].Trim();
        Assert.StartsWith($"elbo {path}".TrimEnd(), last, StringComparison.Ordinal);
        Assert.Empty(root.Parse(last["elbo ".Length..].Split(' ')).Errors);
    }

    [Fact]
    public void The_commands_are_those_of_the_specification() => Assert.Equal(
        [
            "train", "resume", "sweep", "evaluate", "sample", "reconstruct", "complete", "interpolate", "traverse", "encode",
            "score", "calibrate", "export", "data", "runs", "story", "serve", "studio", "doctor",
        ],
        CommandLine.CreateRoot().Subcommands.Select(command => command.Name));

    [Fact]
    public void Train_has_every_option_of_the_specification()
    {
        string[] flags =
        [
            "--data", "--validation", "--binarize", "--epochs", "--batch-size", "--latent", "--hidden", "--network", "--prior",
            "--likelihood", "--sigma", "--samples", "--kl-weight", "--reconstruction-weight", "--seed", "--threads", "--device",
            "--checkpoint-every", "--start-from", "--profile", "--set", "--out",
        ];
        var train = CommandLine.CreateRoot().Subcommands.Single(command => command.Name == "train");
        Assert.Empty(flags.Except(train.Options.Select(option => option.Name)));
    }

    private static IEnumerable<string> PathsOf(Command command, string path) =>
        command.Subcommands.SelectMany(child => PathsOf(child, $"{path} {child.Name}".Trim())).Prepend(path);
}
