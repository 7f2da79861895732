using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchSharp;

namespace Elbo.Benchmarks;

/// <summary>
/// A contender in a process of its own, which stays alive and works when it is told to, so that turns alternate across processes. PyTorch
/// is one; plain TorchSharp is another, because the threads of its DataLoader would slow down whatever shares a process with them.
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

    /// <summary>What it can do.</summary>
    public IReadOnlyList<string> Variants => _introduction.Variants;

    /// <summary>What it is, and what it cannot do and why.</summary>
    public string Description =>
        $"PyTorch {_introduction.Torch}, OpenMP threads: {_introduction.Threads} (the better number here), "
        + $"products by {_introduction.Products}."
        + string.Concat(_introduction.Notes.Select(note => $"\n- {note}"));

    public static SideProcess Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return new SideProcess(Process.Start(start)!);
    }

    /// <summary>The other end of the conversation, for a side that is written in C#.</summary>
    /// <param name="variants">What each variant does in so many steps, and the seconds it answers.</param>
    /// <param name="input">Where it is told what to do.</param>
    /// <param name="output">Where it answers.</param>
    public static void Serve(IReadOnlyDictionary<string, Func<int, double>> variants, TextReader input, TextWriter output)
    {
        var introduction = new Introduction(torch.__version__, torch.get_num_threads(), "libtorch", [.. variants.Keys], []);
        output.WriteLine(JsonSerializer.Serialize(introduction, JsonSerializerOptions.Web));
        while (input.ReadLine()?.Split(' ') is [_, var variant, var steps])
            output.WriteLine(variants[variant](int.Parse(steps)).ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The milliseconds that each of so many units of work took.</summary>
    public double Slice(string variant, int count)
    {
        _process.StandardInput.WriteLine($"run {variant} {count}");
        _process.StandardInput.Flush();
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture) * 1000 / count;
    }

    public void Dispose()
    {
        // The end of its input is the end of its work.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("A side of the comparison has ended early; its error is above.");

    private sealed record Introduction(string Torch, int Threads, string Products, string[] Variants, string[] Notes);
}
