using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo reconstruct</c>: shows images above their reconstructions.</summary>
internal sealed class ReconstructCommand : ExecutableCommand
{
    private const int DefaultCount = 20;
    private const int MaxColumns = 20;

    // The grey of the gaps between cells, so that empty cells blend into the background.
    private const float EmptyCell = 128 / 255f;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _count = CommonOptions.Integer("--count", $"Number of images ({DefaultCount} by default).");
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the random selection of images");
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default in the run's samples folder.");

    public ReconstructCommand()
        : base("reconstruct", "Show images above their reconstructions.", "reconstruct runs/vae-1 --count 10 --out pairs.png")
    {
        Arguments.Add(_run);
        Options.Add(_count);
        Options.Add(_split);
        Options.Add(_seed);
        Options.Add(_data);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run));
        run.Model.Shape.RequireImage("A page of reconstructions");
        var seed = parsed.GetValue(_seed);
        var split = parsed.GetValue(_split);
        var given = parsed.GetValue(_out);
        var path = OutputFile.Resolve(given, run, $"reconstructions-{split.ToString().ToLowerInvariant()}-seed-{seed}");
        var examples = RunData.Load(run.Directory, parsed.GetValue(_data)).GetRows(split, run.Model);
        var count = Math.Min(parsed.GetValue(_count) ?? DefaultCount, examples.Count);
        var chosen = examples.Shuffle(seed, count);
        var originals = chosen.ToValues();
        var columns = Math.Min(count, MaxColumns);
        var reconstructions = run.Model.Reconstruct(chosen, run.Configuration.Data.Binarize, run.Configuration.Training.Seed);
        path = OutputFile.Write(
            path, given, made => ImageGrid.Save(made, Interleave(originals, reconstructions, columns), columns));
        Console.Out.WriteLine(Invocation.Display(path));
        return ExitCodes.Done;
    }

    /// <summary>Alternates rows of originals and rows of their reconstructions; the last pair of rows is padded with empty cells.</summary>
    internal static ExampleValues Interleave(ExampleValues originals, ExampleValues reconstructions, int columns)
    {
        var pixels = originals.Shape.Size;
        var rows = (originals.Count + columns - 1) / columns;
        var values = new float[2 * rows * columns * pixels];
        Array.Fill(values, EmptyCell);
        for (var row = 0; row < rows; row++)
        {
            var start = row * columns * pixels;
            var length = Math.Min(columns * pixels, originals.Values.Length - start);
            originals.Values.Span.Slice(start, length).CopyTo(values.AsSpan(2 * start));
            reconstructions.Values.Span.Slice(start, length).CopyTo(values.AsSpan(2 * start + columns * pixels));
        }

        return new ExampleValues(originals.Shape, values);
    }
}
