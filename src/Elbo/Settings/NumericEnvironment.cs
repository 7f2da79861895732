namespace Elbo;

/// <summary>
/// The environment variables by which MKL, OpenMP, OpenBLAS, oneDNN, libtorch and CUDA choose other instructions, numbers of threads or
/// precisions, and with them the last bits of a result.
/// </summary>
internal static class NumericEnvironment
{
    // A list and no prefix: a record is copied to others, and shall hold nothing else of its writer's environment.
    private static readonly string[] Names =
    [
        "ATEN_CPU_CAPABILITY", "CUBLAS_WORKSPACE_CONFIG", "DNNL_DEFAULT_FPMATH_MODE", "DNNL_MAX_CPU_ISA", "MKL_CBWR",
        "MKL_DEBUG_CPU_TYPE", "MKL_DYNAMIC", "MKL_ENABLE_INSTRUCTIONS", "MKL_NUM_THREADS", "NVIDIA_TF32_OVERRIDE", "OMP_DYNAMIC",
        "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "ONEDNN_DEFAULT_FPMATH_MODE", "ONEDNN_MAX_CPU_ISA", "OPENBLAS_CORETYPE",
        "OPENBLAS_NUM_THREADS", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
    ];

    /// <summary>Those that are set, as <c>NAME=value</c> in the order of their names; null if none is.</summary>
    public static IReadOnlyList<string>? Read() => Read(Environment.GetEnvironmentVariable);

    /// <summary>The same with given variables.</summary>
    public static IReadOnlyList<string>? Read(Func<string, string?> valueOf)
    {
        string[] set = [.. Names.Where(name => !string.IsNullOrEmpty(valueOf(name))).Select(name => $"{name}={valueOf(name)}")];
        return set.Length > 0 ? set : null;
    }

    /// <summary>A phrase for each variable that differs.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<string>? then, IReadOnlyList<string>? now)
    {
        var (before, after) = (ByName(then), ByName(now));
        return before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Select(name => $"{name} ({before.GetValueOrDefault(name, "not set")} then, {after.GetValueOrDefault(name, "not set")} now)");
    }

    // The record may be of another program, so its lines may be anything.
    private static Dictionary<string, string> ByName(IReadOnlyList<string>? lines) => (lines ?? [])
        .Where(line => line is not null)
        .Select(line => line.Split('=', 2))
        .GroupBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(parts => parts.Key, parts => parts.First()[^1], StringComparer.Ordinal);
}
