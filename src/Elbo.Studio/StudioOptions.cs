using Microsoft.Extensions.DependencyInjection;

namespace Elbo.Studio;

/// <summary>What the studio is started with.</summary>
internal sealed record StudioOptions
{
    public const int DefaultPort = 5230;

    /// <summary>Run directories, and folders that hold some: full paths.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Where to listen; 0 for any free port, null for <see cref="DefaultPort"/> or the next free one after it.</summary>
    public int? Port { get; init; }

    /// <summary>The program that trains; null for this process's own.</summary>
    public ElboProgram? Program { get; init; }

    /// <summary>Whether other machines may connect.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Adds to what the pages are given, for who measures them; else null.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
