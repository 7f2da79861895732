using System.Reflection;

namespace Elbo.Studio;

/// <summary>The program that trains: what is started, and with which words before its own.</summary>
internal sealed record ElboProgram(string File, IReadOnlyList<string> First)
{
    /// <summary>This process's own program, also where the .NET host runs it.</summary>
    public static ElboProgram Own()
    {
        var process = Environment.ProcessPath ?? throw new EnvironmentException("The studio does not know its own program, so it cannot start a training.");
        return System.IO.Path.GetFileNameWithoutExtension(process) == "dotnet" && Assembly.GetEntryAssembly() is { Location: { Length: > 0 } assembly }
            ? new ElboProgram(process, [assembly])
            : new ElboProgram(process, []);
    }
}
