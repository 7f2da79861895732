using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo runs</c>: the runs on disk.</summary>
internal sealed class RunsCommands : ElboCommand
{
    public RunsCommands()
        : base("runs", "Look at runs, alone and side by side.", "runs list", "runs show runs/cvae-1", "runs compare runs/vae-1 runs/vae-2")
    {
        Subcommands.Add(new RunsListCommand());
        Subcommands.Add(new RunsShowCommand());
        Subcommands.Add(new RunsCompareCommand());
    }
}
