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
    private readonly Option<float[]> _fromAttributes = Attributes("--from-attribute", "The first attributes, in the units of the data.");
    private readonly Option<float[]> _toAttributes = Attributes("--to-attribute", "The last attributes.");
    private readonly Option<bool> _conditionAlone = new("--condition-only")
    {
        Description = "Between images, let the condition alone go over from one to the other, in styles drawn from the prior.",
    };

    private readonly Option<int?> _steps = CommonOptions.Whole(
        "--steps", $"Images on the way ({DefaultSteps} by default).", least: 2, most: 1_000);
    private readonly Option<int?> _count = CommonOptions.Whole(
        "--count", $"Styles shown between two conditions ({DefaultStyles} by default).", most: 1_000);
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the styles");
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default one in the run's folder of samples.");

    public InterpolateCommand()
        : base(
            "interpolate",
            "Show the way between two images, or between two conditions in the same styles.",
            "interpolate runs/vae-1 --from 0 --to 1 --out way.png",
            "interpolate runs/halves-1 --from 0 --to 1 --condition-only --out way.png",
            "interpolate runs/cvae-1 --from-label 3 --to-label 8 --out way.png")
    {
        Arguments.Add(_run);
        Option[] options =
        [
            _from, _to, _fromLabel, _toLabel, _fromAttributes, _toAttributes, _conditionAlone, _steps, _count, _seed, _split, _data, _out,
        ];
        foreach (var option in options)
            Options.Add(option);
    }

    protected override int Execute(ParseResult parsed)
    {
        var images = (parsed.GetValue(_from), parsed.GetValue(_to));
        var labels = (parsed.GetValue(_fromLabel), parsed.GetValue(_toLabel));
        // An option for several values that is not given has none, which is not null.
        var (fromAttributes, toAttributes) = (parsed.GetValue(_fromAttributes) ?? [], parsed.GetValue(_toAttributes) ?? []);
        using var run = OpenRun.Load(parsed.GetRequiredValue(_run));
        var steps = parsed.GetValue(_steps) ?? DefaultSteps;
        var path = (images, labels, fromAttributes, toAttributes) switch
        {
            (({ } from, { } to), (null, null), [], []) => parsed.GetValue(_conditionAlone)
                ? BetweenConditionsOfImages(run, parsed, from, to, steps)
                : BetweenImages(run, parsed, from, to, steps),
            ((null, null), ({ } from, { } to), [], []) => BetweenLabels(run, parsed, from, to, steps),
            ((null, null), (null, null), [_, ..], [_, ..]) => BetweenAttributes(run, parsed, fromAttributes, toAttributes, steps),
            _ => throw new ConfigurationException(
                "Two ends are needed: give --from and --to for images, --from-label and --to-label for labels, or --from-attribute and "
                + "--to-attribute for attributes."),
        };
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    private string BetweenImages(Run run, ParseResult parsed, int from, int to, int steps)
    {
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"from-{from}-to-{to}");
        var ends = Ends(run, parsed, from, to);
        // With the seed of the mixtures, so that both see the same pixels.
        var codes = run.Model.Encode(ends, run.Configuration.Data.Binarize);
        var line = Line(codes[0], codes[1], steps);
        var features = run.Model.Condition is null ? null : Mixtures(run, ends, steps);
        var decoded = run.Model.Decode(new LatentCodes(codes.Size, line), features);
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
        SaveStyles(run, parsed, path, Line(condition.OneHot(from), condition.OneHot(to), steps), steps, $"label {from}", $"label {to}");
        return path;
    }

    private string BetweenAttributes(Run run, ParseResult parsed, float[] from, float[] to, int steps)
    {
        if (run.Model.Condition is not AttributesCondition condition)
        {
            throw new ConfigurationException(
                $"The model of {run.Folder} is not conditioned on attributes alone: give two images, --from and --to, with --condition-only.");
        }

        foreach (var end in new[] { from, to })
        {
            if (end.Length != condition.FeatureCount)
                throw new ConfigurationException($"{end.Length} attributes were given, but the model is conditioned on {condition.FeatureCount}.");
        }

        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"attributes-seed-{parsed.GetValue(_seed)}");
        var ends = new ImageDataset(run.Model.Shape, new byte[2 * run.Model.Shape.Pixels], default, new ExampleAttributes(from.Length, [.. from, .. to]));
        SaveStyles(run, parsed, path, Mixtures(run, ends, steps), steps, string.Join(',', from), string.Join(',', to));
        return path;
    }

    private string BetweenConditionsOfImages(Run run, ParseResult parsed, int from, int to, int steps)
    {
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"condition-from-{from}-to-{to}-seed-{parsed.GetValue(_seed)}");
        SaveStyles(run, parsed, path, Mixtures(run, Ends(run, parsed, from, to), steps), steps, $"image {from}", $"image {to}");
        return path;
    }

    private ImageDataset Ends(Run run, ParseResult parsed, int from, int to)
    {
        var part = RunData.Load(run.Directory, parsed.GetValue(_data)).Part(parsed.GetValue(_split));
        part.RequireIndex(from);
        part.RequireIndex(to);
        return part.Subset([from, to]);
    }

    /// <summary>The features of two conditions and of those on the way between them.</summary>
    private static float[] Mixtures(Run run, ImageDataset ends, int steps)
    {
        var features = run.Model.FeaturesOf(ends, run.Configuration.Data.Binarize, 0);
        var width = features.Length / 2;
        return Line(features.AsSpan(0, width), features.AsSpan(width), steps);
    }

    /// <summary>A row for each style, all of them on the same way from one condition to another.</summary>
    private void SaveStyles(Run run, ParseResult parsed, string path, float[] mixtures, int steps, string from, string to)
    {
        var styles = parsed.GetValue(_count) ?? DefaultStyles;
        var epsilon = run.Model.Epsilon(styles, parsed.GetValue(_seed));
        var rows = Enumerable.Range(0, styles).Select(style =>
        {
            var repeated = Enumerable.Repeat(epsilon[(style * run.Model.LatentSize)..((style + 1) * run.Model.LatentSize)], steps);
            return run.Model.Sample([.. repeated.SelectMany(value => value)], mixtures);
        });
        ImageGrid.Save(path, Images.Concatenate([.. rows]), new ImageGridOptions
        {
            Columns = steps,
            ColumnLabels = [.. Enumerable.Range(0, steps).Select(step => step == 0 ? from : step == steps - 1 ? to : Share(step, steps))],
        });
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

    private static Images Single(Images images, int index) => new(images.Shape, images[index].ToArray());

    private static Option<float[]> Attributes(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X,X",
        CustomParser = result =>
        {
            if (AttributeParser.TryParse(result.Tokens[0].Value) is { } row)
                return row;
            result.AddError($"'{result.Tokens[0].Value}' does not fit {name}, which takes numbers with commas between them");
            return [];
        },
    };

    private static string Share(int step, int steps) => $"{100.0 * step / (steps - 1):0}%";
}
