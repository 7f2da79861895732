using System.Globalization;

namespace Elbo.Cli;

/// <summary>
/// Whether a limit of this process's address space (<c>ulimit -v</c>) leaves room for libtorch. Where it does not, libtorch or the runtime
/// abort in the middle of something that cannot be caught.
/// </summary>
internal static class AddressSpace
{
    // Measured on Linux: libtorch maps 360 MiB, and a small training takes 150 more; the runtime has reserved its heap before.
    private const long NeededMib = 640;

    private const string Limits = "/proc/self/limits";
    private const string Status = "/proc/self/status";

    /// <summary>One sentence if the room does not suffice; null if it does, there is no limit, or the system does not say.</summary>
    public static string? Problem()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Explain(File.ReadAllLines(Limits), File.ReadAllLines(Status)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same from the lines of the two files.</summary>
    internal static string? Explain(IEnumerable<string> limits, IEnumerable<string> status)
    {
        // "Max address space     3072000000           3072000000           bytes" and "VmSize:\t 2597484 kB".
        if (NumberIn(limits, "Max address space") is not { } bytes || NumberIn(status, "VmSize:") is not { } usedKib)
            return null;
        var (limit, left) = (bytes >> 20, (bytes >> 20) - (usedKib >> 10));
        return left >= NeededMib
            ? null
            : $"The limit of the address space, {limit} MiB, leaves {Math.Max(left, 0)} MiB for libtorch, which needs {NeededMib}: raise "
                + $"it, for example with 'ulimit -v {(limit + (NeededMib * 4)) << 10}'.";
    }

    // A limit that is not set reads "unlimited", which is no number.
    private static long? NumberIn(IEnumerable<string> lines, string name)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var first = line?[name.Length..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
