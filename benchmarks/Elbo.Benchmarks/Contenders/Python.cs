using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>A Python interpreter that can import torch.</summary>
internal sealed class Python
{
    private readonly string _program;
    private readonly string _scripts;

    private Python(string program, string scripts, string torchVersion) =>
        (_program, _scripts, TorchVersion) = (program, scripts, torchVersion);

    public string TorchVersion { get; }

    /// <summary>Returns the given Python, or the first one on the PATH that has torch; null if none does.</summary>
    public static Python? Find(string? program, string scripts)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var candidates = program is not null ? [program] : folders.Select(folder => Path.Combine(folder, "python3")).Where(File.Exists);
        foreach (var candidate in candidates)
        {
            var start = new ProcessStartInfo(candidate, ["-c", "import torch; print(torch.__version__)"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return new Python(candidate, scripts, version);
        }

        return null;
    }

    /// <summary>Returns the start information of a script in the benchmarks folder.</summary>
    public ProcessStartInfo Script(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(_program, [Path.Combine(_scripts, name), .. arguments]);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return start;
    }
}
