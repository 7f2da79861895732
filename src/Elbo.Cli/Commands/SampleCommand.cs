using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo sample</c>: images drawn from the model, as a picture or as numbers.</summary>
internal sealed class SampleCommand : Verb
{
    private const int DefaultCount = 64;
    private const int DefaultCountPerRow = 10;
    private const int DefaultConditions = 8;
    private const int MostInPicture = 10_000;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _count = CommonOptions.Whole(
        "--count",
        $"How many images, at each condition where there are several ({DefaultCount}, or {DefaultCountPerRow} of each, by default).");

    private readonly ConditionOptions _conditions = new();

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
            "sample runs/halves-1 --index 3 --index 8 --count 6 --out halves.png",
            "sample runs/vae-1 --count 1000 --seed 1 --out samples.npy")
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
        var format = ImageFormats.Resolve(parsed.GetValue(_format), parsed.GetValue(_out));
        var seed = parsed.GetValue(_seed);
        using var run = OpenRun.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        if (_conditions.IsNeeded(run.Model, parsed))
            return SampleConditions(run, parsed, format);
        var rows = RowsOf(run, _conditions.Labels(parsed));
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"{NameOf(rows)}-seed-{seed}", ImageFormats.Extension(format));
        var count = parsed.GetValue(_count) ?? (rows.Length > 1 ? DefaultCountPerRow : DefaultCount);
        RequirePossible(run.Model, (long)count * Math.Max(1, rows.Length), format);
        var images = Sample(run.Model, rows, count, seed, parsed.GetValue(_draw));
        if (format == ImageFormat.Npy)
            ImageFormats.WriteNpy(path, images);
        else
            ImageGrid.Save(
                path,
                images,
                rows.Length > 1 ? new ImageGridOptions { Columns = count, RowLabels = [.. rows.Select(row => $"{row}")] } : null);
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    private int SampleConditions(Run run, ParseResult parsed, ImageFormat format)
    {
        var seed = parsed.GetValue(_seed);
        var choice = _conditions.Read(run, parsed, DefaultConditions);
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, $"conditions-seed-{seed}", ImageFormats.Extension(format));
        var count = parsed.GetValue(_count) ?? DefaultCountPerRow;
        RequirePossible(run.Model, (long)count * choice.Examples.Count, format);
        var images = run.Model.Sample(count, choice.Examples, seed, parsed.GetValue(_draw), run.Configuration.Data.Binarize);
        if (format == ImageFormat.Npy)
            ImageFormats.WriteNpy(path, images);
        else
            ImageGrid.Save(path, images, new ImageGridOptions { Columns = count, RowLabels = choice.Names });
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    private static Images Sample(LatentVariableModel model, int[] rows, int count, ulong seed, bool draw)
    {
        if (rows.Length == 0)
            return model.Sample(count, seed: seed, draw: draw);
        // The same noise in every row: what a column shares is its style.
        return Images.Concatenate([.. rows.Select(label => model.Sample(count, label, seed, draw))]);
    }

    private static int[] RowsOf(Run run, int[] asked)
    {
        if (asked.Length == 0)
            return run.Model.Condition is LabelCondition every ? [.. Enumerable.Range(0, every.Count)] : [];
        var condition = run.RequireLabels("--label");
        return [.. asked.Select(condition.RequireLabel)];
    }

    private static string NameOf(int[] rows) => rows.Length switch
    {
        0 => "samples",
        1 => $"label-{rows[0]}",
        _ => "labels",
    };

    /// <summary>Refuses more images than a picture, or memory, can hold.</summary>
    internal static void RequirePossible(LatentVariableModel model, long count, ImageFormat format)
    {
        if (format == ImageFormat.Png && count > MostInPicture)
            throw new ConfigurationException(
                $"A picture of {count} images is too large: ask for at most {MostInPicture}, or for --format npy.");
        if (count * model.Shape.Pixels > Array.MaxLength)
            throw new ConfigurationException(
                $"{count} images of {model.Shape} at once are too many: ask for at most {Array.MaxLength / model.Shape.Pixels}.");
    }
}
