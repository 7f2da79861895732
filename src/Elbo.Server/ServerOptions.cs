namespace Elbo.Server;

/// <summary>The options with which the server is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The port where none is given.</summary>
    public const int DefaultPort = 5240;

    /// <summary>The fewest characters of a token that is given.</summary>
    public const int MinTokenLength = 16;

    /// <summary>The folders of runs or exports, by the names under which they are served.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    /// <summary>The port to listen on; 0 for any free port, null for <see cref="DefaultPort"/> or the next free one after it.</summary>
    public int? Port { get; init; }

    /// <summary>Whether other machines may connect.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Hosts besides localhost by which clients reach the server, such as that of a proxy, with or without a port.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// The token that clients send, of at least <see cref="MinTokenLength"/> characters, so that it outlives a restart; null for a new
    /// one.
    /// </summary>
    public string? Token { get; init; }
}
