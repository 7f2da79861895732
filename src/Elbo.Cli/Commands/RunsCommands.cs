using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo runs</c>: commands for the runs on disk.</summary>
internal sealed class RunsCommands : ElboCommand
{
    public RunsCommands()
        : base("runs", "List, show and compare runs.", "runs list", "runs show runs/cvae-1", "runs compare runs/vae-1 runs/vae-2")
    {
        Subcommands.Add(new RunsListCommand());
        Subcommands.Add(new RunsShowCommand());
        Subcommands.Add(new RunsCompareCommand());
    }
}
