using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo studio</c>: the web studio, until it is ended.</summary>
internal sealed class StudioCommand : Verb
{
    private readonly Argument<string[]> _roots = new("RUN")
    {
        Description = "Run directories, or folders that hold some; 'runs' by default. New runs go into the first folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = $"Where to listen; 0 for any free port. By default {StudioOptions.DefaultPort}, or the next free one.",
        HelpName = "N",
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote")
    {
        Description = "Let other machines connect. Whoever reads the network can read along: the studio speaks plain HTTP.",
    };

    public StudioCommand()
        : base("studio", "Open the web studio: what each term does, and the runs as they train.", "studio", "studio runs experiments/beta --port 8080")
    {
        Arguments.Add(_roots);
        Options.Add(_port);
        Options.Add(_allowRemote);
    }

    protected override int Execute(ParseResult parsed)
    {
        var options = new StudioOptions
        {
            Roots = Roots(parsed.GetValue(_roots) ?? []),
            Port = parsed.GetValue(_port) switch
            {
                null => null,
                >= 0 and <= ushort.MaxValue and var port => port,
                var port => throw new ConfigurationException($"--port is {port}: give a number from 0 to {ushort.MaxValue}."),
            },
            AllowRemote = parsed.GetValue(_allowRemote),
        };
        // A page is drawn by one thread at a time, and a training that runs beside it wants a core of its own.
        TorchSharp.torch.set_num_threads(1);
        Serve(options).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static async Task Serve(StudioOptions options)
    {
        using var ending = new EndingSignals();
        await using var server = await StudioServer.StartAsync(options, ending.Token);
        if (options.AllowRemote)
            Console.Error.WriteLine("Warning: other machines can connect, and whoever reads the network can read the address below.");
        Console.Out.WriteLine($"The studio is open at {server.Address}");
        Console.Error.WriteLine("Ctrl+C ends it; trainings that were started from it go on.");
        await ending.Received;
    }

    private static List<string> Roots(string[] given)
    {
        if (given.Length == 0)
            return [GivenPath.Full("runs")];
        foreach (var root in given.Where(root => !Directory.Exists(GivenPath.Full(root))))
            throw new DataException($"There is no folder {root}: name run directories, or folders that hold some.");
        return [.. given.Select(GivenPath.Full)];
    }
}
