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
    private readonly Option<int[]> _index = new("--index")
    {
        Description = "The zero-based index in the data of an example of the split; repeat for several; a random selection by default.",
        HelpName = "I",
        CustomParser = NumberListParser.Indices,
    };

    private readonly Option<ulong?> _sample = new("--sample")
    {
        Description = "Decode a code drawn from each posterior with this seed, instead of the posterior's mean.",
        HelpName = "SEED",
    };

    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the random selection of images");
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default in the run's samples folder.");

    public ReconstructCommand()
        : base("reconstruct", "Show images above their reconstructions.", "reconstruct runs/vae-1 --count 10 --out pairs.png")
    {
        Arguments.Add(_run);
        Options.Add(_count);
        Options.Add(_index);
        Options.Add(_sample);
        Options.Add(_split);
        Options.Add(_seed);
        Options.Add(_data);
        Options.Add(_device);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        run.Model.Shape.RequireImage("A page of reconstructions");
        var seed = parsed.GetValue(_seed);
        var split = parsed.GetValue(_split);
        var output = parsed.GetValue(_out);
        var path = OutputFile.Resolve(output, run, $"reconstructions-{split.ToString().ToLowerInvariant()}-seed-{seed}");
        var examples = RunData.Load(run.Directory, parsed.GetValue(_data)).GetRows(split, run.Model);
        var chosen = parsed.GetValue(_index) is { Length: > 0 } given
            ? examples.Subset(examples.PositionsOf(given))
            : examples.Shuffle(seed, Math.Min(parsed.GetValue(_count) ?? DefaultCount, examples.Count));
        var originals = chosen.ToValues();
        var columns = Math.Min(chosen.Count, MaxColumns);
        var (binarize, trainingSeed) = (run.Configuration.Data.Binarize, run.Configuration.Training.Seed);
        var reconstructions = parsed.GetValue(_sample) is { } noise
            ? run.Model.ReconstructSampled(chosen, noise, binarize, trainingSeed)
            : run.Model.Reconstruct(chosen, binarize, trainingSeed);
        path = OutputFile.Write(
            path, output, made => ImageGrid.Save(made, Interleave(originals, reconstructions, columns), columns));
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
