using System.CommandLine;
using Elbo.Server;

namespace Elbo.Cli;

/// <summary><c>elbo serve</c>: answers for trained models over HTTP until it is stopped.</summary>
internal sealed class ServeCommand : ExecutableCommand
{
    private const string TokenVariable = "ELBO_SERVER_TOKEN";

    private readonly Argument<string[]> _models = new("RUN")
    {
        Description = "Run directories or exports; each is served under the name of its folder, or as NAME=FOLDER.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = $"The port to listen on; 0 for any free port. By default {ServerOptions.DefaultPort}, or the next free port.",
        HelpName = "N",
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote")
    {
        Description = "Accept connections from other machines. The traffic is not encrypted: put a proxy with TLS before it.",
    };

    private readonly Option<string[]> _hosts = new("--host")
    {
        Description = "A further name by which clients reach the server, such as that of a proxy; may be repeated.",
        HelpName = "NAME",
    };

    public ServeCommand()
        : base(
            "serve",
            $"Serve trained models over HTTP: samples, codes, scores, completions. The token is {TokenVariable}, or a new one.",
            "serve runs/cvae-1",
            "serve digits=runs/cvae-1 sensors=exports/sensors --port 8080")
    {
        Arguments.Add(_models);
        Options.Add(_port);
        Options.Add(_allowRemote);
        Options.Add(_hosts);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var given = System.Environment.GetEnvironmentVariable(TokenVariable);
        var options = new ServerOptions
        {
            Models = ModelsOf(parsed.GetValue(_models)!),
            Port = parsed.GetValue(_port) switch
            {
                null => null,
                >= 0 and <= ushort.MaxValue and var port => port,
                var port => throw new SettingsException($"--port is {port}: give an integer from 0 to {ushort.MaxValue}."),
            },
            AllowRemote = parsed.GetValue(_allowRemote),
            Hosts = parsed.GetValue(_hosts) ?? [],
            Token = string.IsNullOrEmpty(given) ? null : given,
        };
        Serve(options).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static async Task Serve(ServerOptions options)
    {
        using var shutdown = new ShutdownSignals();
        await using var server = await InferenceServer.StartAsync(options, shutdown.Token);
        if (options.AllowRemote)
            Console.Error.WriteLine("Warning: other machines can connect, and what they send, the token too, travels unencrypted.");
        Console.Out.WriteLine($"{string.Join(", ", options.Models.Keys)} at {server.Address}v1/models");
        foreach (var address in server.RemoteAddresses)
            Console.Out.WriteLine($"On other machines at {address}v1/models");
        Console.Out.WriteLine(options.Token is null
            ? $"To try it: {server.Page}"
            : $"To try it: {server.Address} (the token is that of {TokenVariable})");
        Console.Error.WriteLine("Press Ctrl+C to stop it.");
        await shutdown.Received;
    }

    private static Dictionary<string, string> ModelsOf(string[] given)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in given)
        {
            var split = Directory.Exists(GivenPath.Full(argument)) ? -1 : argument.IndexOf('=', StringComparison.Ordinal);
            var folder = GivenPath.Full(argument[(split + 1)..]);
            var name = split > 0 ? argument[..split] : Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
            if (!Directory.Exists(folder))
                throw new InputException($"The folder {argument[(split + 1)..]} does not exist: give run directories or exports.");
            if (name.Length == 0 || name.Any(letter => letter is '/' or '\\' || char.IsControl(letter)))
                throw new SettingsException($"'{name}' cannot be the name of a model: give one as NAME=FOLDER.");
            if (!models.TryAdd(name, folder))
                throw new SettingsException($"Two models are named '{name}': give each a name of its own, as NAME=FOLDER.");
        }

        return models;
    }
}
