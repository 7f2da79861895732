using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary><c>elbo sample</c>: images drawn from the model, as a picture or as numbers.</summary>
internal sealed class SampleCommand : Verb
{
    private const int DefaultCount = 64;
    private const int DefaultCountPerRow = 10;
    private const int DefaultExamples = 8;
    private const int MostInPicture = 10_000;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _count = CommonOptions.Whole(
        "--count",
        $"How many images, of each label where there are several ({DefaultCount}, or {DefaultCountPerRow} of each, by default).");

    private readonly Option<int[]> _labels = new("--label")
    {
        Description = "A label asked for; again for a row each, in the same styles; every label by default.",
        HelpName = "L",
        CustomParser = LabelParser.Parse,
    };

    private readonly ExampleOptions _examples = new();
    private readonly Option<string[]> _attributes = new("--attributes")
    {
        Description = "Attributes asked for, for a model conditioned on them; again for a row each.",
        HelpName = "X,X",
    };

    private readonly Option<bool> _draw = new("--draw")
    {
        Description = "Draw each pixel from the likelihood instead of showing its mean.",
    };

    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the styles");
    private readonly Option<string?> _format = new("--format")
    {
        Description = "png, or npy for float32 [count, channels, height, width] in 0..1; by default what --out ends in.",
        HelpName = "png|npy",
    };

    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _out = CommonOptions.Out("A new file; by default one in the run's folder of samples.");

    public SampleCommand()
        : base(
            "sample",
            "Draw images: z from the prior, then the mean of p(x|z,c).",
            "sample runs/cvae-1 --label 6 --out sixes.png",
            "sample runs/cvae-1 --label 3 --label 8 --count 12 --out pairs.png",
            "sample runs/vae-1 --count 1000 --seed 1 --out samples.npy",
            "sample runs/cvae-quadrant-1-1 --index 0 --index 1 --out completions.png")
    {
        Arguments.Add(_run);
        Options.Add(_count);
        Options.Add(_labels);
        Options.Add(_attributes);
        _examples.AddTo(this);
        Options.Add(_draw);
        Options.Add(_seed);
        Options.Add(_format);
        Options.Add(_device);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        var format = ImageFormats.Resolve(parsed.GetValue(_format), parsed.GetValue(_out));
        var seed = parsed.GetValue(_seed);
        using var run = OpenRun.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        var rows = RowsOf(run, parsed);
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"{NameOf(rows)}-seed-{seed}", ImageFormats.Extension(format));
        var count = parsed.GetValue(_count) ?? (rows.Count > 1 ? DefaultCountPerRow : DefaultCount);
        RequirePossible(run.Model, (long)count * Math.Max(1, rows.Count), format);
        var images = Sample(run.Model, rows, count, seed, parsed.GetValue(_draw));
        if (format == ImageFormat.Npy)
            ImageFormats.WriteNpy(path, images);
        else
            ImageGrid.Save(
                path,
                images,
                rows.Count > 1 ? new ImageGridOptions { Columns = count, RowLabels = [.. rows.Select(row => row.Name)] } : null);
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    private static Images Sample(LatentVariableModel model, IReadOnlyList<Row> rows, int count, ulong seed, bool draw)
    {
        if (rows.Count == 0)
            return model.Sample(count, seed: seed, draw: draw);
        // The same noise in every row: what a column shares is its style.
        return Images.Concatenate([.. rows.Select(row => row.Draw(model, count, seed, draw))]);
    }

    /// <summary>One row for each condition that is asked for; none for a model without a condition.</summary>
    private IReadOnlyList<Row> RowsOf(Run run, ParseResult parsed)
    {
        var (labels, attributes) = (parsed.GetValue(_labels) ?? [], parsed.GetValue(_attributes) ?? []);
        var withExamples = _examples.AreGiven(parsed);
        if (new[] { labels.Length > 0, attributes.Length > 0, withExamples }.Count(given => given) > 1)
            throw new ConfigurationException("A condition comes from --label, from --attributes or from examples: give one of these.");
        if (labels.Length > 0)
        {
            var condition = run.RequireLabels("--label");
            return [.. labels.Select(label => OfLabel(condition.RequireLabel(label)))];
        }

        if (attributes.Length > 0)
            return [.. attributes.Select(text => OfAttributes(run, text))];
        if (run.Model.Condition is null && !withExamples)
            return [];
        if (run.Model.Condition is LabelCondition every && !withExamples)
            return [.. Enumerable.Range(0, every.Count).Select(OfLabel)];
        var (examples, indices) = _examples.Load(run, parsed, DefaultExamples);
        return [.. indices.Select((index, place) => new Row(
            $"image {index}", (model, count, seed, draw) => model.Complete(examples.Subset([place]), count, seed, draw)))];
    }

    private static Row OfLabel(int label) => new($"{label}", (model, count, seed, draw) => model.Sample(count, label, seed, draw));

    private static Row OfAttributes(Run run, string text)
    {
        if (run.Model.Condition is not AttributesCondition condition)
            throw new ConfigurationException($"The model of {run.Folder} is not conditioned on attributes alone: leave out --attributes.");
        float[] values = [.. text.Split(',').Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
                ? value
                : throw new ConfigurationException($"'{part}' in --attributes {text} is no number."))];
        if (values.Length != condition.Count)
            throw new ConfigurationException($"--attributes {text} are {values.Length} numbers, but this model knows {condition.Count}.");
        return new Row(text, (model, count, seed, draw) => model.Complete(
            new ImageDataset(model.Shape, new byte[model.Shape.Pixels], attributes: values), count, seed, draw));
    }

    private static string NameOf(IReadOnlyList<Row> rows) => rows.Count switch
    {
        0 => "samples",
        1 when rows[0].Name.All(char.IsAsciiDigit) => $"label-{rows[0].Name}",
        1 => "samples",
        _ => "samples-by-condition",
    };

    /// <summary>What one row of the page is drawn under.</summary>
    private sealed record Row(string Name, Func<LatentVariableModel, int, ulong, bool, Images> Draw);

    private static void RequirePossible(LatentVariableModel model, long count, ImageFormat format)
    {
        if (format == ImageFormat.Png && count > MostInPicture)
            throw new ConfigurationException(
                $"A picture of {count} images is too large: ask for at most {MostInPicture}, or for --format npy.");
        if (count * model.Shape.Pixels > Array.MaxLength)
            throw new ConfigurationException(
                $"{count} images of {model.Shape} at once are too many: ask for at most {Array.MaxLength / model.Shape.Pixels}.");
    }
}
