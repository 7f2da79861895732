using System.CommandLine;
using System.Globalization;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo score</c>: writes -ELBO, which serves as an anomaly score, and its terms for each example.</summary>
internal sealed class ScoreCommand : ExecutableCommand
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly RowsOptions _rows = new();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string> _out = new("--out")
    {
        Description = "A new CSV file: index in the data, split, label, its name where labels have names, the file of an imported "
            + "picture, negative_elbo, reconstruction, kl, in nats and in the order of the data; with --threshold also threshold and "
            + "is_anomaly (true or false).",
        HelpName = "FILE.csv",
        Required = true,
    };

    private readonly AnomalyOptions _anomalies = new(
        "Say which examples are anomalies, at this false-positive rate: by the threshold of elbo calibrate where the run has one of that "
            + "rate, else by one that is calibrated on its validation split.",
        "A label of examples that are anomalies, by its name or number; repeat for several. Prints the ROC AUC, and what the threshold "
            + "finds.");

    private readonly Option<bool> _json = CommonOptions.Json();

    public ScoreCommand()
        : base(
            "score",
            "Write -ELBO and its terms for each example; a higher value means a more anomalous example.",
            "score runs/vae-1 --data data/mine --out scores.csv",
            "score runs/vae-1 --data data/mine --threshold 0.01 --anomalies broken --out scores.csv",
            "score runs/vae-1 --images photos --out scores.csv")
    {
        Arguments.Add(_run);
        _rows.AddTo(this);
        _anomalies.AddTo(this);
        Options.Add(_device);
        Options.Add(_out);
        Options.Add(_json);
    }

    protected override int Execute(ParseResult parsed)
    {
        var path = OutputFile.EnsureNew(parsed.GetRequiredValue(_out));
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        var (examples, split, data) = _rows.Read(parsed, run);
        var labels = _anomalies.Labels(parsed);
        var anomalies = labels.Length == 0 ? null : AnomalyLabels.Find(examples, labels);
        var record = _anomalies.Rate(parsed) is { } rate ? RunThreshold.At(run, rate, data, labels) : null;
        var scores = run.Score(examples);
        double[] totals = [.. scores.Select(score => score.ToAnomalyScore())];
        var detection = record is null && anomalies is null ? null : DetectionReport.Of(totals, record?.Threshold, anomalies);
        OutputFile.Write(path, path, made => Write(made, examples, split, scores, record?.Threshold));
        Print(parsed.GetValue(_json), path, examples, totals, record is null ? null : ThresholdReport.Of(record), detection);
        return ExitCodes.Done;
    }

    private static void Write(
        string path, ExampleSet examples, Split? split, IReadOnlyList<ExampleScore> scores, AnomalyThreshold? threshold) =>
        ExampleColumns.WriteTable(
            path,
            examples,
            split,
            ["negative_elbo", "reconstruction", "kl", .. threshold is null ? Array.Empty<string>() : ["threshold", "is_anomaly"]],
            row => threshold is null
                ? Numbers(scores[row])
                : [.. Numbers(scores[row]), Number(threshold.Value), threshold.IsAnomaly(scores[row].ToAnomalyScore()) ? "true" : "false"]);

    private static void Print(
        bool json, string path, ExampleSet examples, double[] scores, ThresholdReport? threshold, DetectionReport? detection)
    {
        var highest = Enumerable.Range(0, scores.Length).MaxBy(index => scores[index]);
        var (mean, maximum, index) = (scores.Average(), scores[highest], examples.Indices.Span[highest]);
        if (json)
        {
            var summary = new
            {
                Examples = scores.Length,
                MeanScore = MetricText.Error(mean),
                MaximumScore = MetricText.Error(maximum),
                MaximumIndex = index,
            };
            JsonOutput.WriteMerged(summary, threshold, detection);
            return;
        }

        Console.Out.WriteLine(
            $"{PrintableText.Of(path)}: {scores.Length} examples, mean {MetricText.Nats(mean)} nats, maximum {MetricText.Nats(maximum)} "
            + $"(index {index})");
        foreach (var line in detection?.Lines(scores.Length, threshold) ?? [])
            Console.Out.WriteLine(PrintableText.Of(line));
    }

    private static IEnumerable<string> Numbers(ExampleScore score) =>
        [Number(score.NegativeElbo), Number(score.Reconstruction), Number(score.Kl)];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
