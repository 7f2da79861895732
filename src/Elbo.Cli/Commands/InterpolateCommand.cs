using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo interpolate</c>: interpolates between two images or two conditions.</summary>
internal sealed class InterpolateCommand : ExecutableCommand
{
    private const int DefaultSteps = 10;
    private const int DefaultStyles = 8;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _from = CommonOptions.Integer(
        "--from", "The zero-based index in the data of the first image, which is in the split.", minimum: 0, maximum: int.MaxValue);
    private readonly Option<int?> _to = CommonOptions.Integer("--to", "The index of the last image.", minimum: 0, maximum: int.MaxValue);
    private readonly Option<string?> _fromLabel = new("--from-label")
    {
        Description = "The first label, by its name or, where the data has no such name, its number.",
        HelpName = "L",
    };

    private readonly Option<string?> _toLabel = new("--to-label") { Description = "The last label.", HelpName = "L" };
    private readonly Option<double[]> _fromAttributes = Attributes("--from-attribute", "The first attributes, in the units of the data.");
    private readonly Option<double[]> _toAttributes = Attributes("--to-attribute", "The last attributes.");
    private readonly Option<bool> _conditionOnly = new("--condition-only")
    {
        Description = "Interpolate only the condition between the two images, with styles sampled from the prior.",
    };

    private readonly Option<int?> _steps = CommonOptions.Integer(
        "--steps", $"Number of interpolation steps, including both ends ({DefaultSteps} by default).", minimum: 2, maximum: 1_000);
    private readonly Option<int?> _count = CommonOptions.Integer(
        "--count", $"Number of styles, one row each, between two conditions ({DefaultStyles} by default).", maximum: 1_000);
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the styles");
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default in the run's samples folder.");

    public InterpolateCommand()
        : base(
            "interpolate",
            "Interpolate between two images, or between two conditions with fixed styles.",
            "interpolate runs/vae-1 --from 0 --to 1 --out interpolation.png",
            "interpolate runs/halves-1 --from 0 --to 1 --condition-only --out interpolation.png",
            "interpolate runs/cvae-1 --from-label 3 --to-label 8 --out interpolation.png")
    {
        Arguments.Add(_run);
        Option[] options =
        [
            _from, _to, _fromLabel, _toLabel, _fromAttributes, _toAttributes, _conditionOnly, _steps, _count, _seed, _split, _data, _device,
            _out,
        ];
        foreach (var option in options)
            Options.Add(option);
    }

    protected override int Execute(ParseResult parsed)
    {
        var images = (parsed.GetValue(_from), parsed.GetValue(_to));
        var labels = (parsed.GetValue(_fromLabel), parsed.GetValue(_toLabel));
        // System.CommandLine returns an empty array, not null, for a missing option of array type.
        var (fromAttributes, toAttributes) = (parsed.GetValue(_fromAttributes) ?? [], parsed.GetValue(_toAttributes) ?? []);
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        run.Model.Shape.RequireImage("A page of interpolations");
        var steps = parsed.GetValue(_steps) ?? DefaultSteps;
        var path = (images, labels, fromAttributes, toAttributes) switch
        {
            (({ } from, { } to), (null, null), [], []) => parsed.GetValue(_conditionOnly)
                ? BetweenConditionsOfImages(run, parsed, from, to, steps)
                : BetweenImages(run, parsed, from, to, steps),
            ((null, null), ({ } from, { } to), [], []) => BetweenLabels(run, parsed, from, to, steps),
            ((null, null), (null, null), [_, ..], [_, ..]) => BetweenAttributes(run, parsed, fromAttributes, toAttributes, steps),
            _ => throw new SettingsException(
                "Two endpoints are required: give --from and --to for images, --from-label and --to-label for labels, or --from-attribute "
                + "and --to-attribute for attributes."),
        };
        Console.Out.WriteLine(Invocation.Display(path));
        return ExitCodes.Done;
    }

    private string BetweenImages(Run run, ParseResult parsed, int from, int to, int steps)
    {
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"from-{from}-to-{to}");
        var endpoints = LoadEndpoints(run, parsed, from, to);
        // With the same seed as the interpolated conditions, so that both use the same binarized pixels.
        var codes = run.Model.Encode(endpoints, run.Configuration.Data.Binarize);
        var line = LatentVariableModel.Line(codes[0], codes[1], steps);
        var features = run.Model.Condition is null ? null : InterpolateConditions(run, endpoints, steps);
        var decoded = run.Model.Decode(new LatentCodes(codes.Size, line), features);
        var originals = endpoints.ToValues();
        var row = ExampleValues.Concatenate(Single(originals, 0), decoded, Single(originals, 1));
        return OutputFile.Write(path, parsed.GetValue(_out), made => ImageGrid.Save(made, row, new ImageGridOptions
        {
            Columns = row.Count,
            ColumnLabels = [$"image {from}", .. Enumerable.Range(0, steps).Select(step => Percentage(step, steps)), $"image {to}"],
        }));
    }

    private string BetweenLabels(Run run, ParseResult parsed, string first, string last, int steps)
    {
        var condition = run.EnsureLabels("--from-label and --to-label");
        var labels = RunLabels.Of(run);
        var (from, to) = (labels.Find(condition, first), labels.Find(condition, last));
        var seed = parsed.GetValue(_seed);
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"from-label-{from}-to-label-{to}-seed-{seed}");
        var conditions = LatentVariableModel.Line(condition.FeaturesOf([from]), condition.FeaturesOf([to]), steps);
        return SaveStyles(run, parsed, path, conditions, steps, $"label {labels.TextOf(from)}", $"label {labels.TextOf(to)}");
    }

    private string BetweenAttributes(Run run, ParseResult parsed, double[] from, double[] to, int steps)
    {
        if (run.Model.Condition is not AttributesCondition condition)
        {
            throw new SettingsException(
                $"The model of {run.Folder} is not conditioned on attributes alone: use --condition-only with --from and --to.");
        }

        foreach (var values in new[] { from, to })
        {
            if (values.Length != condition.FeatureCount)
            {
                throw new SettingsException(
                    $"{values.Length} attributes were given, but the model is conditioned on {condition.FeatureCount}: give one value per "
                    + "attribute.");
            }
        }

        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"attributes-seed-{parsed.GetValue(_seed)}");
        double[] both = [.. from, .. to];
        var endpoints = new RowDataset(
            run.Model.Shape, new float[2 * run.Model.Shape.Size], attributes: new RowDataset(ValueShape.Vector(from.Length), both));
        return SaveStyles(
            run, parsed, path, InterpolateConditions(run, endpoints, steps), steps, string.Join(',', from), string.Join(',', to));
    }

    private string BetweenConditionsOfImages(Run run, ParseResult parsed, int from, int to, int steps)
    {
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"condition-from-{from}-to-{to}-seed-{parsed.GetValue(_seed)}");
        var conditions = InterpolateConditions(run, LoadEndpoints(run, parsed, from, to), steps);
        return SaveStyles(run, parsed, path, conditions, steps, $"image {from}", $"image {to}");
    }

    private ExampleSet LoadEndpoints(Run run, ParseResult parsed, int from, int to)
    {
        var examples = RunData.Load(run.Directory, parsed.GetValue(_data)).GetRows(parsed.GetValue(_split), run.Model);
        return examples.Subset(examples.PositionsOf(from, to));
    }

    /// <summary>Interpolates linearly between the condition features of two examples.</summary>
    private static float[] InterpolateConditions(Run run, ExampleSet endpoints, int steps)
    {
        var features = run.Model.FeaturesOf(endpoints, run.Configuration.Data.Binarize, 0);
        var width = features.Length / 2;
        return LatentVariableModel.Line(features.AsSpan(0, width), features.AsSpan(width), steps);
    }

    /// <summary>Saves one row per style, each over the same interpolated conditions.</summary>
    private string SaveStyles(Run run, ParseResult parsed, string path, float[] conditions, int steps, string from, string to)
    {
        var styles = parsed.GetValue(_count) ?? DefaultStyles;
        var epsilon = run.Model.Epsilon(styles, parsed.GetValue(_seed));
        var rows = Enumerable.Range(0, styles).Select(style =>
        {
            var repeated = Enumerable.Repeat(epsilon[(style * run.Model.LatentSize)..((style + 1) * run.Model.LatentSize)], steps);
            return run.Model.Sample([.. repeated.SelectMany(value => value)], conditions);
        });
        var options = new ImageGridOptions
        {
            Columns = steps,
            ColumnLabels =
            [
                .. Enumerable.Range(0, steps).Select(step => step == 0 ? from : step == steps - 1 ? to : Percentage(step, steps)),
            ],
        };
        return OutputFile.Write(
            path, parsed.GetValue(_out), made => ImageGrid.Save(made, ExampleValues.Concatenate([.. rows]), options));
    }

    private static ExampleValues Single(ExampleValues images, int index) => new(images.Shape, images[index].ToArray());

    private static Option<double[]> Attributes(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X,X",
        CustomParser = result =>
        {
            if (AttributeParser.TryParse(result.Tokens[0].Value) is { } row)
                return row;
            result.AddError($"'{result.Tokens[0].Value}' is not valid for {name}, which takes comma-separated numbers");
            return [];
        },
    };

    private static string Percentage(int step, int steps) => $"{100.0 * step / (steps - 1):0}%";
}
