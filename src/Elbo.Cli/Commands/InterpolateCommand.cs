using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo interpolate</c>: the way from one image to another, or from one label to another.</summary>
internal sealed class InterpolateCommand : Verb
{
    private const int DefaultSteps = 10;
    private const int DefaultStyles = 8;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _from = CommonOptions.Whole(
        "--from", "The first image: its place in the split, from 0 on.", least: 0, most: int.MaxValue);
    private readonly Option<int?> _to = CommonOptions.Whole("--to", "The last image.", least: 0, most: int.MaxValue);
    private readonly Option<int?> _fromLabel = CommonOptions.Whole("--from-label", "The first label.", least: 0);
    private readonly Option<int?> _toLabel = CommonOptions.Whole("--to-label", "The last label.", least: 0);
    private readonly Option<int?> _steps = CommonOptions.Whole(
        "--steps", $"Images on the way ({DefaultSteps} by default).", least: 2, most: 1_000);
    private readonly Option<int?> _count = CommonOptions.Whole(
        "--count", $"Styles shown between two labels ({DefaultStyles} by default).", most: 1_000);
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the styles");
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default one in the run's folder of samples.");

    public InterpolateCommand()
        : base(
            "interpolate",
            "Show the way between two images, or between two labels in the same styles.",
            "interpolate runs/vae-1 --from 0 --to 1 --out way.png",
            "interpolate runs/cvae-1 --from-label 3 --to-label 8 --out way.png")
    {
        Arguments.Add(_run);
        foreach (var option in new Option[] { _from, _to, _fromLabel, _toLabel, _steps, _count, _seed, _split, _data, _out })
            Options.Add(option);
    }

    protected override int Execute(ParseResult parsed)
    {
        var ends = (parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_fromLabel), parsed.GetValue(_toLabel));
        using var run = OpenRun.Load(parsed.GetRequiredValue(_run));
        var steps = parsed.GetValue(_steps) ?? DefaultSteps;
        var path = ends switch
        {
            ({ } from, { } to, null, null) => BetweenImages(run, parsed, from, to, steps),
            (null, null, { } from, { } to) => BetweenLabels(run, parsed, from, to, steps),
            _ => throw new ConfigurationException(
                "Two ends are needed: give --from and --to for images, or --from-label and --to-label for labels."),
        };
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    private string BetweenImages(Run run, ParseResult parsed, int from, int to, int steps)
    {
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"from-{from}-to-{to}");
        var part = RunData.Load(run.Directory, parsed.GetValue(_data)).Part(parsed.GetValue(_split));
        foreach (var index in new[] { from, to })
        {
            if (index >= part.Count)
                throw new ConfigurationException($"There is no image {index}: this split has the images 0 to {part.Count - 1}.");
        }

        var ends = part.Subset([from, to]);
        var codes = run.Model.Encode(ends);
        var line = Line(codes[0], codes[1], steps);
        var features = run.Model.FeaturesOf(ends) is { } both
            ? Line(both.AsSpan(..(both.Length / 2)), both.AsSpan(both.Length / 2), steps)
            : null;
        // What is visible of the images on the way fades from that of the one to that of the other.
        var decoded = run.Model.KeepVisible(run.Model.Decode(new LatentCodes(codes.Size, line), features), Fade(ends, steps));
        var originals = Images.FromBytes(ends.Shape, ends.Pixels.Span);
        var row = Images.Concatenate(Single(originals, 0), decoded, Single(originals, 1));
        ImageGrid.Save(path, row, new ImageGridOptions
        {
            Columns = row.Count,
            ColumnLabels = [$"image {from}", .. Enumerable.Range(0, steps).Select(step => Share(step, steps)), $"image {to}"],
        });
        return path;
    }

    private string BetweenLabels(Run run, ParseResult parsed, int from, int to, int steps)
    {
        var condition = run.RequireLabels("--from-label and --to-label");
        condition.RequireLabel(from);
        condition.RequireLabel(to);
        var seed = parsed.GetValue(_seed);
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"from-label-{from}-to-label-{to}-seed-{seed}");
        var styles = parsed.GetValue(_count) ?? DefaultStyles;
        var epsilon = run.Model.Epsilon(styles, seed);
        var mixtures = Line(condition.FeaturesOf([from]), condition.FeaturesOf([to]), steps);
        var rows = Enumerable.Range(0, styles).Select(style =>
        {
            var repeated = Enumerable.Repeat(epsilon[(style * run.Model.LatentSize)..((style + 1) * run.Model.LatentSize)], steps);
            return run.Model.Sample([.. repeated.SelectMany(value => value)], mixtures);
        });
        ImageGrid.Save(path, Images.Concatenate([.. rows]), new ImageGridOptions
        {
            Columns = steps,
            ColumnLabels = [.. Enumerable.Range(0, steps).Select(
                step => step == 0 ? $"label {from}" : step == steps - 1 ? $"label {to}" : Share(step, steps))],
        });
        return path;
    }

    /// <summary>Points on the straight line between two vectors, both ends included, one after the other.</summary>
    internal static float[] Line(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int steps)
    {
        var line = new float[steps * from.Length];
        for (var step = 0; step < steps; step++)
        {
            var share = (float)step / (steps - 1);
            for (var i = 0; i < from.Length; i++)
                line[step * from.Length + i] = (1 - share) * from[i] + share * to[i];
        }

        return line;
    }

    private static ImageDataset Fade(ImageDataset ends, int steps)
    {
        var images = Images.FromBytes(ends.Shape, ends.Pixels.Span);
        return new ImageDataset(ends.Shape, Line(images[0], images[1], steps).Select(value => (byte)Math.Round(255 * value)).ToArray());
    }

    private static Images Single(Images images, int index) => new(images.Shape, images[index].ToArray());

    private static string Share(int step, int steps) => $"{100.0 * step / (steps - 1):0}%";
}
