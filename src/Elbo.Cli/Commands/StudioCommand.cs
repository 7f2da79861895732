using System.CommandLine;
using System.Net;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo studio</c>: runs the web studio until it is stopped.</summary>
internal sealed class StudioCommand : ExecutableCommand
{
    private readonly Argument<string[]> _roots = new("RUN")
    {
        Description = "Run directories, or folders that contain them; 'runs' by default. New runs are created in the first folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "A folder with data on which trainings can be started, besides the known datasets and the data of the listed runs; "
            + "may be repeated.",
        HelpName = "DIR",
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = $"The port to listen on; 0 for any free port. By default {StudioOptions.DefaultPort}, or the next free port.",
        HelpName = "N",
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote")
    {
        Description = "Accept connections from other machines. The traffic is not encrypted: the studio uses plain HTTP.",
    };

    public StudioCommand()
        : base(
            "studio",
            "Run the web studio: the effect of each term of the bound, and runs while they train.",
            "studio",
            "studio runs experiments/beta --port 8080",
            "studio --data data/letters --data data/sensors")
    {
        Arguments.Add(_roots);
        Options.Add(_data);
        Options.Add(_port);
        Options.Add(_allowRemote);
    }

    protected override int Execute(ParseResult parsed)
    {
        var options = new StudioOptions
        {
            Roots = Roots(parsed.GetValue(_roots) ?? []),
            Data = Folders(parsed.GetValue(_data) ?? [], "give folders with data, as for 'elbo train --data'"),
            Port = parsed.GetValue(_port) switch
            {
                null => null,
                >= 0 and <= ushort.MaxValue and var port => port,
                var port => throw new SettingsException($"--port is {port}: give an integer from 0 to {ushort.MaxValue}."),
            },
            AllowRemote = parsed.GetValue(_allowRemote),
        };
        // Pages are computed on one thread at a time, which leaves the other cores to a training that runs at the same time.
        TorchSharp.torch.set_num_threads(1);
        Serve(options).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static async Task Serve(StudioOptions options)
    {
        using var shutdown = new ShutdownSignals();
        await using var server = await StudioServer.StartAsync(options, shutdown.Token);
        if (options.AllowRemote)
        {
            Console.Error.WriteLine(
                "Warning: other machines can connect, and the addresses below, which grant access, travel unencrypted. "
                + $"On another machine, {Dns.GetHostName()} in place of localhost may work too.");
        }

        Console.Out.WriteLine($"The studio is open at {server.Address}");
        foreach (var address in server.RemoteAddresses)
            Console.Out.WriteLine($"On other machines at {address}");
        Console.Error.WriteLine("Press Ctrl+C to stop it; trainings started from the studio continue.");
        await shutdown.Received;
    }

    private static List<string> Roots(string[] given)
    {
        if (given.Length == 0)
            return [GivenPath.Full("runs")];
        return Folders(given, "give run directories, or folders that contain them");
    }

    private static List<string> Folders(string[] given, string advice)
    {
        foreach (var folder in given.Where(folder => !Directory.Exists(GivenPath.Full(folder))))
            throw new InputException($"The folder {folder} does not exist: {advice}.");
        return [.. given.Select(GivenPath.Full)];
    }
}
