using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary><c>elbo traverse</c>: what each latent dimension does, one row each, those that carry most first.</summary>
internal sealed class TraverseCommand : Verb
{
    private const int DefaultSteps = 11;
    private const double DefaultRange = 3;

    private static readonly string[] SplitsByWeight = ["test", "validation", "train"];

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _steps = CommonOptions.Whole(
        "--steps", $"Images in a row ({DefaultSteps} by default).", least: 2, most: 1_000);
    private readonly Option<double?> _range = CommonOptions.Real(
        "--range", $"How far to go to both sides, in standard deviations of the prior ({DefaultRange} by default).", above: 0);

    private readonly Option<int?> _label = CommonOptions.Whole(
        "--label", "The label of every image, for a model conditioned on labels (0 by default).", least: 0);
    private readonly ExampleOptions _example = new();
    private readonly Option<string?> _out = CommonOptions.Out("A new PNG file; by default one in the run's folder of samples.");

    public TraverseCommand()
        : base(
            "traverse",
            "Show what each latent dimension does, from one end of the prior to the other.",
            "traverse runs/vae-1 --range 3 --out dimensions.png")
    {
        Arguments.Add(_run);
        Options.Add(_steps);
        Options.Add(_range);
        Options.Add(_label);
        _example.AddTo(this);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var run = OpenRun.Load(parsed.GetRequiredValue(_run));
        var label = LabelOf(run, parsed.GetValue(_label));
        var path = OutputFile.Resolve(parsed.GetValue(_out), run, label is null ? "traversal" : $"traversal-label-{label}");
        var (steps, range) = (parsed.GetValue(_steps) ?? DefaultSteps, parsed.GetValue(_range) ?? DefaultRange);
        var size = run.Model.LatentSize;
        var kl = KlPerDimension(run);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(dimension => kl?[dimension] ?? 0)];
        var images = Sample(run, parsed, Noise(order, steps, range), label, steps * size);
        ImageGrid.Save(path, images, new ImageGridOptions
        {
            Columns = steps,
            RowLabels = [.. order.Select(dimension => RowLabel(dimension, kl))],
            ColumnLabels = [.. Enumerable.Range(0, steps).Select(
                step => Position(step, steps, range).ToString("0.#", CultureInfo.InvariantCulture))],
        });
        Console.Out.WriteLine(Invocation.Shorten(path));
        return ExitCodes.Done;
    }

    private Images Sample(Run run, ParseResult parsed, float[] noise, int? label, int count)
    {
        if (run.Model.Condition is null or LabelCondition)
        {
            if (_example.AreGiven(parsed))
                throw new ConfigurationException("An example lends no more than its label here: give it with --label.");
            return run.Model.Sample(noise, label is { } one ? [.. Enumerable.Repeat(one, count)] : (IReadOnlyList<int>?)null, seed: 0, draw: false);
        }

        var (examples, _) = _example.Load(run, parsed, 1);
        if (examples.Count != 1)
            throw new ConfigurationException("One example lends its condition: give --index once.");
        var features = run.Model.FeaturesOf(examples)!;
        return run.Model.KeepVisible(
            run.Model.Sample(noise, [.. Enumerable.Repeat(features, count).SelectMany(each => each)]), examples, count);
    }

    private static int? LabelOf(Run run, int? asked)
    {
        if (asked is { } label)
            return run.RequireLabels("--label").RequireLabel(label);
        return run.Model.Condition is LabelCondition ? 0 : null;
    }

    /// <summary>The KL of each dimension at the best epoch, on data that was not trained on where the run has any.</summary>
    private static IReadOnlyList<double>? KlPerDimension(Run run)
    {
        var rows = MetricsRow.Read(run.Directory.MetricsPath);
        var best = Math.Max(run.Directory.ReadBestEpoch(), 1);
        return SplitsByWeight
            .Select(split => rows.LastOrDefault(row => row.Split == split && row.Epoch == best))
            .FirstOrDefault(row => row?.KlPerDimension is not null)?.KlPerDimension;
    }

    /// <summary>In the prior's coordinates, all zero but for one dimension, which goes from -range to range.</summary>
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
        kl is null ? $"z{dimension + 1}" : $"z{dimension + 1}  KL {EpochLine.Nats(kl[dimension])}";
}
