using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo data</c>: commands for datasets.</summary>
internal sealed class DataCommands : ElboCommand
{
    public DataCommands()
        : base(
            "data",
            "List and verify datasets, and create one from your images.",
            "data list",
            "data verify data/mnist",
            "data import photos --out data/photos")
    {
        Subcommands.Add(new DataListCommand());
        Subcommands.Add(new DataVerifyCommand());
        Subcommands.Add(new DataImportCommand());
    }
}
