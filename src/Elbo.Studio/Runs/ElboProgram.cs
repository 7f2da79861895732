using System.Reflection;

namespace Elbo.Studio;

/// <summary>The program that runs a training: its file, and the arguments that precede those of the command.</summary>
internal sealed record ElboProgram(string File, IReadOnlyList<string> LeadingArguments)
{
    /// <summary>The program of the current process, with its plug-ins, also if it runs in the .NET host.</summary>
    public static ElboProgram Current()
    {
        var path = Environment.ProcessPath ?? throw new EnvironmentException(
            "The studio cannot determine its own program file, so it cannot start a training.");
        var isHost = System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet";
        var plugins = Plugins.Paths.SelectMany(plugin => new[] { "--plugin", plugin });
        return isHost && Assembly.GetEntryAssembly() is { Location: { Length: > 0 } assembly }
            ? new ElboProgram(path, [assembly, .. plugins])
            : new ElboProgram(path, [.. plugins]);
    }
}
