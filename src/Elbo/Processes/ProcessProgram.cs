using System.Text;

namespace Elbo;

/// <summary>The program that one of several processes runs: only programs of one build are sure to do the same.</summary>
/// <param name="Host">The name of its machine.</param>
/// <param name="Version">The version of Elbo.</param>
/// <param name="Build">What tells two builds of a version apart.</param>
internal sealed record ProcessProgram(string Host, string Version, string Build)
{
    private const int BuildDigits = 8;

    public static ProcessProgram OfThisProcess()
    {
        var assembly = typeof(ProcessProgram).Assembly;
        return new ProcessProgram(
            Environment.MachineName,
            assembly.GetName().Version?.ToString(3) ?? "unknown",
            assembly.ManifestModule.ModuleVersionId.ToString("N")[..BuildDigits]);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static ProcessProgram Parse(byte[] text) =>
        Encoding.UTF8.GetString(text).Split('\n') is [var host, var version, var build, ..]
            ? new ProcessProgram(host, version, build)
            : new ProcessProgram("unknown", "unknown", "unknown");

    /// <summary>A sentence about the first process that runs another program than process 0; null where all run the same.</summary>
    public static string? DifferenceOf(IReadOnlyList<ProcessProgram> programs)
    {
        var first = programs[0];
        for (var rank = 1; rank < programs.Count; rank++)
        {
            var other = programs[rank];
            if (other.Version == first.Version && other.Build == first.Build)
                continue;
            var isSameVersion = other.Version == first.Version;
            return $"Process 0 on {first.Host} runs Elbo {Name(first, isSameVersion)}, but process {rank} on {other.Host} runs Elbo "
                + $"{Name(other, isSameVersion)}: install the same one on every machine.";
        }

        return null;
    }

    /// <summary>One line for each value.</summary>
    public override string ToString() => $"{Host}\n{Version}\n{Build}";

    private static string Name(ProcessProgram program, bool withBuild) =>
        withBuild ? $"{program.Version} of build {program.Build}" : program.Version;
}
