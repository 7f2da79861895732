using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo complete</c>: what a model that is conditioned on a region makes of the visible part of images.</summary>
internal sealed class CompleteCommand : Verb
{
    private const int DefaultCount = 8;
    private const int DefaultExamples = 8;
    private const int MostInPicture = 10_000;

    // The grey of the gaps, so that what is hidden looks it.
    private const float Blank = 128 / 255f;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _count = CommonOptions.Whole("--count", $"Completions of each image ({DefaultCount} by default).", most: 1_000);
    private readonly ExampleOptions _examples = new();
    private readonly Option<bool> _draw = new("--draw")
    {
        Description = "Draw each pixel from the likelihood instead of showing its mean.",
    };

    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the completions");
    private readonly Option<string?> _format = new("--format")
    {
        Description = "png, or npy for the completions alone as float32 [images * count, channels, height, width]; by default what --out ends in.",
        HelpName = "png|npy",
    };

    private readonly Option<string?> _out = CommonOptions.Out("A new file; by default one in the run's folder of samples.");

    public CompleteCommand()
        : base(
            "complete",
            "Complete images of which a part is seen: the part, the truth, completions, their mean and their spread.",
            "complete runs/cvae-quadrant-1-1 --count 8 --out completions.png",
            "complete runs/cvae-quadrant-2-1 --index 3 --index 8 --count 12 --out two.png")
    {
        Arguments.Add(_run);
        Options.Add(_count);
        _examples.AddTo(this);
        Options.Add(_draw);
        Options.Add(_seed);
        Options.Add(_format);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        var format = ImageFormats.Resolve(parsed.GetValue(_format), parsed.GetValue(_out));
        using var run = OpenRun.Load(parsed.GetRequiredValue(_run));
        if (run.Model.Condition?.Hidden(run.Model.Shape) is not { } hidden)
        {
            throw new ConfigurationException(
                $"The model of {run.Folder} is not conditioned on a part of the image: train a cvae-quadrant-1, or use sample.");
        }

        var (count, seed) = (parsed.GetValue(_count) ?? DefaultCount, parsed.GetValue(_seed));
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"completions-seed-{seed}", ImageFormats.Extension(format));
        var (examples, indices) = _examples.Load(run, parsed, DefaultExamples);
        if ((long)examples.Count * (count + 4) > MostInPicture)
            throw new ConfigurationException($"{examples.Count} times {count} completions are too many: ask for at most {MostInPicture} images.");
        var completions = run.Model.Complete(examples, count, seed, parsed.GetValue(_draw));
        if (format == ImageFormat.Npy)
            ImageFormats.WriteNpy(path, completions);
        else
            ImageGrid.Save(path, Page(examples, completions, hidden), new ImageGridOptions
            {
                Columns = count + 4,
                RowLabels = [.. indices.Select(index => $"image {index}")],
                ColumnLabels = ["visible", "truth", .. Enumerable.Range(1, count).Select(i => $"{i}"), "mean", "spread"],
            });
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    /// <summary>
    /// A row for each example: its visible part, itself, the completions, their mean, and twice their standard deviation, which for values in
    /// 0..1 goes from 0 to 1.
    /// </summary>
    internal static Images Page(ImageDataset examples, Images completions, IReadOnlyList<bool> hidden)
    {
        var (shape, each) = (examples.Shape, completions.Count / examples.Count);
        var originals = Images.FromBytes(shape, examples.Pixels.Span);
        var rows = new List<Images>();
        for (var i = 0; i < examples.Count; i++)
        {
            var own = completions.Slice(i * each, each);
            var (visible, mean, spread) = (originals[i].ToArray(), new float[shape.Pixels], new float[shape.Pixels]);
            for (var value = 0; value < shape.Pixels; value++)
            {
                if (hidden[value])
                    visible[value] = Blank;
                var (sum, squares) = (0.0, 0.0);
                for (var completion = 0; completion < each; completion++)
                {
                    sum += own[completion][value];
                    squares += own[completion][value] * own[completion][value];
                }

                mean[value] = (float)(sum / each);
                spread[value] = (float)(2 * Math.Sqrt(Math.Max(0, squares / each - sum / each * (sum / each))));
            }

            rows.AddRange([new(shape, visible), originals.Slice(i, 1), own, new(shape, mean), new(shape, spread)]);
        }

        return Images.Concatenate(rows);
    }
}
