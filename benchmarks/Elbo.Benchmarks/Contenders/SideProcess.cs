using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchSharp;

namespace Elbo.Benchmarks;

/// <summary>
/// A contender in a separate process that stays alive and works on request, so that slices are interleaved across processes. It is used for
/// PyTorch, and for plain TorchSharp because the threads of its DataLoader would slow down other contenders in the same process.
/// </summary>
internal sealed class SideProcess : IDisposable
{
    private readonly Process _process;
    private readonly Introduction _introduction;

    private SideProcess(Process process)
    {
        _process = process;
        _introduction = JsonSerializer.Deserialize<Introduction>(ReadLine(), JsonSerializerOptions.Web)!;
    }

    /// <summary>The variants that the process supports.</summary>
    public IReadOnlyList<string> Variants => _introduction.Variants;

    /// <summary>The description of the process, with notes on unsupported variants.</summary>
    public string Description =>
        $"PyTorch {_introduction.Torch}, OpenMP threads: {_introduction.Threads} (the faster number here), "
        + $"products by {_introduction.Products}."
        + string.Concat(_introduction.Notes.Select(note => $"\n- {note}"));

    public static SideProcess Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return new SideProcess(Process.Start(start)!);
    }

    /// <summary>Serves requests in the side process, for contenders written in C#.</summary>
    /// <param name="variants">The variants: each takes a number of steps and returns the seconds.</param>
    /// <param name="input">The input for requests.</param>
    /// <param name="output">The output for results.</param>
    public static void Serve(IReadOnlyDictionary<string, Func<int, double>> variants, TextReader input, TextWriter output)
    {
        var introduction = new Introduction(torch.__version__, torch.get_num_threads(), "libtorch", [.. variants.Keys], []);
        output.WriteLine(JsonSerializer.Serialize(introduction, JsonSerializerOptions.Web));
        while (input.ReadLine()?.Split(' ') is [_, var variant, var steps])
            output.WriteLine(variants[variant](int.Parse(steps)).ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Runs units of work and returns the milliseconds per unit.</summary>
    public double Slice(string variant, int count)
    {
        _process.StandardInput.WriteLine($"run {variant} {count}");
        _process.StandardInput.Flush();
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture) * 1000 / count;
    }

    public void Dispose()
    {
        // The process exits at the end of its input.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("A side process has exited early: see its error output above.");

    private sealed record Introduction(string Torch, int Threads, string Products, string[] Variants, string[] Notes);
}
