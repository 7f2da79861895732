using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo complete</c>: completes partially visible images several times each.</summary>
internal sealed class CompleteCommand : ExecutableCommand
{
    private const int DefaultCount = 6;
    private const int DefaultImages = 8;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _count = CommonOptions.Integer(
        "--count", $"Number of completions per image ({DefaultCount} by default).", maximum: 10_000);

    private readonly Option<int?> _images = CommonOptions.Integer(
        "--images", $"Number of images, from the start of the split, if no --index is given ({DefaultImages} by default).");

    private readonly Option<int[]> _index = new("--index")
    {
        Description = "The zero-based index in the data of an image of the split to complete; repeat for several images.",
        HelpName = "I",
        CustomParser = NumberListParser.Indices,
    };

    private readonly Option<bool> _draw = new("--draw")
    {
        Description = "Sample each pixel from the likelihood instead of showing its mean.",
    };

    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the completions");
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string?> _format = new("--format")
    {
        Description = "png, or npy for the completions alone, float32 [images * count, channels, height, width]; by default the extension "
            + "of --out.",
        HelpName = "png|npy",
    };

    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _out = CommonOptions.Out("A new file; by default in the run's samples folder.");

    public CompleteCommand()
        : base(
            "complete",
            "Complete partially visible images several times each. Shows the visible part, the original, the completions, their mean, and "
            + "their standard deviation per pixel (white is 0.5).",
            "complete runs/cvae-quadrant-1 --count 6 --out completed.png",
            "complete runs/cvae-quadrant-1 --index 3 --index 8 --count 100 --out completed.npy")
    {
        Arguments.Add(_run);
        foreach (var option in new Option[] { _count, _images, _index, _draw, _seed, _split, _data, _format, _device, _out })
            Options.Add(option);
    }

    protected override int Execute(ParseResult parsed)
    {
        var asked = ValueFormats.Parse(parsed.GetValue(_format), parsed.GetValue(_out));
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        if (run.Model.Condition is not { ImageFeatureCount: > 0 })
        {
            throw new SettingsException(
                $"The model of {run.Folder} is not conditioned on part of an image: train a cvae-quadrant-1, or use sample.");
        }

        var format = ValueFormats.Choose(asked, run.Model.Shape);
        var (count, seed) = (parsed.GetValue(_count) ?? DefaultCount, parsed.GetValue(_seed));
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"completions-seed-{seed}", ValueFormats.Extension(format));
        var examples = RunData.Load(run.Directory, parsed.GetValue(_data)).GetRows(parsed.GetValue(_split), run.Model);
        int[] chosen = parsed.GetValue(_index) is { Length: > 0 } given
            ? examples.PositionsOf(given)
            : [.. Enumerable.Range(0, Math.Min(parsed.GetValue(_images) ?? DefaultImages, examples.Count))];
        var pictures = examples.Subset(chosen);
        SampleCommand.RequireSupportedCount(run.Model, (long)chosen.Length * (count + (format == ValueFormat.Png ? 4 : 0)), format);
        var completions = Completions.Of(
            run.Model, pictures, count, seed, parsed.GetValue(_draw), run.Configuration.Data.Binarize);
        path = OutputFile.Write(path, parsed.GetValue(_out), made =>
        {
            if (format == ValueFormat.Npy)
                ValueFormats.WriteNpy(made, completions.Drawn);
            else
                Draw(made, completions, pictures.Indices.ToArray());
        });
        Console.Out.WriteLine(Invocation.Display(path));
        return ExitCodes.Done;
    }

    private static void Draw(string path, Completions completions, long[] index)
    {
        var (shape, count) = (completions.Truth.Shape, completions.Each);
        var cells = new List<float>();
        for (var row = 0; row < index.Length; row++)
        {
            cells.AddRange(completions.Visible[row]);
            cells.AddRange(completions.Truth[row]);
            cells.AddRange(completions.Drawn.Values.Span.Slice(row * count * shape.Size, count * shape.Size));
            cells.AddRange(completions.Mean[row]);
            // The standard deviation of values between 0 and 1 is at most 0.5.
            foreach (var deviation in completions.Spread[row])
                cells.Add(2 * deviation);
        }

        ImageGrid.Save(path, new ExampleValues(shape, [.. cells]), new ImageGridOptions
        {
            Columns = count + 4,
            RowLabels = [.. index.Select(i => $"{i}")],
            ColumnLabels = ["visible", "truth", .. Enumerable.Range(1, count).Select(i => $"{i}"), "mean", "spread"],
        });
    }
}
