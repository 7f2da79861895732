using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo sample</c>: samples images from the model, as a PNG file or a NumPy array.</summary>
internal sealed class SampleCommand : ExecutableCommand
{
    private const int DefaultCount = 64;
    private const int DefaultCountPerRow = 10;
    private const int DefaultConditions = 8;
    private const int MaxImagesInGrid = 10_000;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _count = CommonOptions.Integer(
        "--count",
        $"Number of images, or of images per condition if there are several ({DefaultCount} or {DefaultCountPerRow} by default).");

    private readonly ConditionOptions _conditions = new();

    private readonly Option<bool> _draw = new("--draw")
    {
        Description = "Sample each value from the likelihood instead of showing its mean.",
    };

    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the styles");
    private readonly Option<string?> _format = new("--format")
    {
        Description = "png, or npy for float32 [count, channels, height, width] in 0..1; for a table csv, or npy for [count, width]; by "
            + "default the extension of --out.",
        HelpName = "png|npy|csv",
    };

    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _out = CommonOptions.Out("A new file; by default in the run's samples folder.");

    public SampleCommand()
        : base(
            "sample",
            "Sample images, or rows of a table: z from the prior, then the mean of p(x|z,c).",
            "sample runs/cvae-1 --label 6 --out sixes.png",
            "sample runs/cvae-1 --label 3 --label 8 --count 12 --out pairs.png",
            "sample runs/fashion-1 --label Sneaker --out sneakers.png",
            "sample runs/halves-1 --index 3 --index 8 --count 6 --out halves.png",
            "sample runs/vae-1 --count 1000 --seed 1 --out samples.npy",
            "sample runs/table-1 --count 100 --draw --out rows.csv")
    {
        Arguments.Add(_run);
        Options.Add(_count);
        foreach (var option in _conditions.All)
            Options.Add(option);
        Options.Add(_draw);
        Options.Add(_seed);
        Options.Add(_format);
        Options.Add(_device);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        var asked = ValueFormats.Parse(parsed.GetValue(_format), parsed.GetValue(_out));
        var seed = parsed.GetValue(_seed);
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        var format = ValueFormats.Choose(asked, run.Model.Shape);
        if (_conditions.IsNeeded(run.Model, parsed))
            return SampleConditions(run, parsed, format);
        var rows = RowsOf(run, _conditions.Labels(parsed));
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"{NameOf(rows)}-seed-{seed}", ValueFormats.Extension(format));
        var count = parsed.GetValue(_count) ?? (rows.Length > 1 ? DefaultCountPerRow : DefaultCount);
        RequireSupportedCount(run.Model, (long)count * Math.Max(1, rows.Length), format);
        var values = Sample(run.Model, rows, count, seed, parsed.GetValue(_draw));
        var labels = rows.Length == 0 ? null : rows.SelectMany(row => Enumerable.Repeat(row, count)).ToArray();
        var names = RunLabels.Of(run);
        var options = rows.Length > 1 ? new ImageGridOptions { Columns = count, RowLabels = [.. rows.Select(names.TextOf)] } : null;
        path = OutputFile.Write(path, parsed.GetValue(_out), made => Save(made, format, values, run, labels, options));
        Console.Out.WriteLine(Invocation.Display(path));
        return ExitCodes.Done;
    }

    private int SampleConditions(Run run, ParseResult parsed, ValueFormat format)
    {
        var seed = parsed.GetValue(_seed);
        var choice = _conditions.Read(run, parsed, DefaultConditions);
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"conditions-seed-{seed}", ValueFormats.Extension(format));
        var count = parsed.GetValue(_count) ?? DefaultCountPerRow;
        RequireSupportedCount(run.Model, (long)count * choice.Examples.Count, format);
        var values = run.Model.Sample(count, choice.Examples, seed, parsed.GetValue(_draw), run.Configuration.Data.Binarize);
        path = OutputFile.Write(path, parsed.GetValue(_out), made => Save(
            made, format, values, run, LabelsOf(run.Model, choice.Examples, count), new() { Columns = count, RowLabels = choice.Names }));
        Console.Out.WriteLine(Invocation.Display(path));
        return ExitCodes.Done;
    }

    /// <summary>The label that each value was drawn for; null for a condition without labels.</summary>
    private static int[]? LabelsOf(LatentVariableModel model, ExampleSet conditions, int each)
    {
        var parts = model.Condition is JoinedCondition joined ? joined.Parts : [model.Condition!];
        return parts.Any(part => part is LabelCondition)
            ? [.. conditions.Labels.ToArray().SelectMany(label => Enumerable.Repeat(label, each))]
            : null;
    }

    /// <summary>Writes the values, and into a CSV file the names of the columns and the labels that they were drawn for.</summary>
    private static void Save(
        string path, ValueFormat format, ExampleValues values, Run run, IReadOnlyList<int>? labels, ImageGridOptions? options)
    {
        if (format == ValueFormat.Png)
            ImageGrid.Save(path, values, options);
        else if (format == ValueFormat.Npy)
            ValueFormats.WriteNpy(path, values);
        else
            SaveCsv(path, values, run.Directory.ReadRecord().Dataset, labels);
    }

    private static void SaveCsv(string path, ExampleValues values, DatasetRecord data, IReadOnlyList<int>? labels) =>
        values.SaveCsv(path, data.Columns, labels, labels is null ? null : data.LabelNames);

    private static ExampleValues Sample(LatentVariableModel model, int[] rows, int count, ulong seed, bool draw)
    {
        if (rows.Length == 0)
            return model.Sample(count, seed: seed, draw: draw);
        // The same noise in every row, so that the images of a column share their style.
        return ExampleValues.Concatenate([.. rows.Select(label => model.Sample(count, label, seed, draw))]);
    }

    private static int[] RowsOf(Run run, string[] labels)
    {
        if (labels.Length == 0)
            return run.Model.Condition is LabelCondition all ? [.. all.Labels] : [];
        var condition = run.EnsureLabels("--label");
        var names = RunLabels.Of(run);
        return [.. labels.Select(label => names.Find(condition, label))];
    }

    private static string NameOf(int[] rows) => rows.Length switch
    {
        0 => "samples",
        1 => $"label-{rows[0]}",
        _ => "labels",
    };

    /// <summary>Requires a number of images or rows that fits into a PNG file and into memory.</summary>
    internal static void RequireSupportedCount(LatentVariableModel model, long count, ValueFormat format)
    {
        if (format == ValueFormat.Png && count > MaxImagesInGrid)
            throw new SettingsException(
                $"An image grid of {count} images is too large: request at most {MaxImagesInGrid}, or use --format npy.");
        if (count * model.Shape.Size > Array.MaxLength)
            throw new SettingsException(
                $"{count} {(model.Shape.Image is null ? "rows" : "images")} of {model.Shape} exceed the maximum array size: "
                + $"request at most {Array.MaxLength / model.Shape.Size}.");
    }
}
