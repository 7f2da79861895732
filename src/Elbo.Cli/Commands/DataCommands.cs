using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo data</c>: the datasets at hand.</summary>
internal sealed class DataCommands : ElboCommand
{
    public DataCommands()
        : base(
            "data",
            "Look at datasets, and make one of your images.",
            "data list",
            "data verify data/mnist",
            "data import photos --out data/photos")
    {
        Subcommands.Add(new DataListCommand());
        Subcommands.Add(new DataVerifyCommand());
        Subcommands.Add(new DataImportCommand());
    }
}
