using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary><c>elbo traverse</c>: shows the effect of each latent dimension, one row each, by descending KL.</summary>
internal sealed class TraverseCommand : ExecutableCommand
{
    private const int DefaultSteps = 11;
    private const double DefaultRange = 3;

    private static readonly string[] SplitsByPreference = ["test", "validation", "train"];

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _steps = CommonOptions.Integer(
        "--steps", $"Number of images per row ({DefaultSteps} by default).", minimum: 2, maximum: 1_000);
    private readonly Option<double?> _range = CommonOptions.Number(
        "--range",
        $"The range on both sides of zero, in standard deviations of the prior ({DefaultRange} by default).",
        exclusiveMinimum: 0);

    private readonly ConditionOptions _conditions = new();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default in the run's samples folder.");

    public TraverseCommand()
        : base(
            "traverse",
            "Show the effect of each latent dimension over the range of the prior.",
            "traverse runs/vae-1 --range 3 --out dimensions.png")
    {
        Arguments.Add(_run);
        Options.Add(_steps);
        Options.Add(_range);
        foreach (var option in _conditions.All)
            Options.Add(option);
        Options.Add(_device);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        if (run.Model.LatentSize == 0)
            throw new SettingsException($"The model of {run.Folder} has no latent dimensions to traverse.");
        run.Model.Shape.RequireImage("A page of traversals");
        var (name, features) = ConditionOf(run, parsed);
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, name is null ? "traversal" : $"traversal-{name}");
        var (steps, range) = (parsed.GetValue(_steps) ?? DefaultSteps, parsed.GetValue(_range) ?? DefaultRange);
        var size = run.Model.LatentSize;
        var kl = KlPerDimension(run);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(dimension => kl?[dimension] ?? 0)];
        float[]? repeated = features is null ? null : [.. Enumerable.Repeat(features, steps * size).SelectMany(row => row)];
        var images = run.Model.Sample(Noise(order, steps, range), repeated);
        path = OutputFile.Write(path, parsed.GetValue(_out), made => ImageGrid.Save(made, images, new ImageGridOptions
        {
            Columns = steps,
            RowLabels = [.. order.Select(dimension => RowLabel(dimension, kl))],
            ColumnLabels = [.. Enumerable.Range(0, steps).Select(
                step => Position(step, steps, range).ToString("0.#", CultureInfo.InvariantCulture))],
        }));
        Console.Out.WriteLine(Invocation.Display(path));
        return ExitCodes.Done;
    }

    /// <summary>Returns the condition of all images, as a name for the output file and as features; null without a condition.</summary>
    private (string? Name, float[]? Features) ConditionOf(Run run, ParseResult parsed)
    {
        var (model, labels) = (run.Model, _conditions.Labels(parsed));
        if (_conditions.IsNeeded(model, parsed))
        {
            var choice = _conditions.Read(run, parsed, maximum: 1);
            RequireOne(choice.Examples.Count);
            return ("condition", model.FeaturesOf(choice.Examples, run.Configuration.Data.Binarize, 0));
        }

        if (labels.Length == 0 && model.Condition is null)
            return (null, null);
        var condition = run.EnsureLabels("--label");
        RequireOne(Math.Max(1, labels.Length));
        var label = labels is [var asked, ..] ? RunLabels.Of(run).Find(condition, asked) : condition.Labels[0];
        return ($"label-{label}", condition.FeaturesOf([label]));
    }

    private static void RequireOne(int count)
    {
        if (count > 1)
            throw new SettingsException($"A traversal uses a single condition, but {count} were given: give only one.");
    }

    /// <summary>Returns the KL per dimension at the best epoch, on held-out data if the run has any.</summary>
    private static IReadOnlyList<double>? KlPerDimension(Run run)
    {
        var rows = run.ReadMetrics();
        var best = Math.Max(run.Directory.ReadBestEpoch(), 1);
        return SplitsByPreference
            .Select(split => rows.LastOrDefault(row => row.Split == split && row.Epoch == best))
            .FirstOrDefault(row => row?.KlPerDimension is not null)?.KlPerDimension;
    }

    /// <summary>Returns noise that is zero except in one dimension per row, which varies from -range to range.</summary>
    private static float[] Noise(int[] order, int steps, double range)
    {
        var noise = new float[order.Length * steps * order.Length];
        for (var row = 0; row < order.Length; row++)
        {
            for (var step = 0; step < steps; step++)
                noise[(row * steps + step) * order.Length + order[row]] = (float)Position(step, steps, range);
        }

        return noise;
    }

    private static double Position(int step, int steps, double range) => range * (2.0 * step / (steps - 1) - 1);

    private static string RowLabel(int dimension, IReadOnlyList<double>? kl) =>
        kl is null ? $"z{dimension + 1}" : $"z{dimension + 1}  KL {MetricText.Nats(kl[dimension])}";
}
