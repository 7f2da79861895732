using Microsoft.Extensions.DependencyInjection;

namespace Elbo.Studio;

/// <summary>The options with which the studio is started.</summary>
public sealed record StudioOptions
{
    /// <summary>The port where none is given.</summary>
    public const int DefaultPort = 5230;

    /// <summary>Run directories and folders that contain them, as full paths.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>
    /// Folders with data, as full paths, on which trainings can be started besides the known datasets and the data of the listed runs.
    /// </summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>The port to listen on; 0 for any free port, null for <see cref="DefaultPort"/> or the next free one after it.</summary>
    public int? Port { get; init; }

    /// <summary>The program that runs trainings; null for that of the current process.</summary>
    internal ElboProgram? Program { get; init; }

    /// <summary>Whether other machines may connect.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Registers additional services, for benchmarks; else null.</summary>
    internal Action<IServiceCollection>? Services { get; init; }
}
