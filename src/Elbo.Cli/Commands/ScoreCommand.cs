using System.CommandLine;
using System.Globalization;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo score</c>: writes -ELBO, which serves as an anomaly score, and its terms for each example.</summary>
internal sealed class ScoreCommand : ExecutableCommand
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly RowsOptions _rows = new();
    private readonly Option<string> _out = new("--out")
    {
        Description = "A new CSV file: index in the data, split, label, its name where labels have names, the file of an imported "
            + "picture, negative_elbo, reconstruction, kl, in nats and in the order of the data.",
        HelpName = "FILE.csv",
        Required = true,
    };

    public ScoreCommand()
        : base(
            "score",
            "Write -ELBO and its terms for each example; a higher value means a more anomalous example.",
            "score runs/vae-1 --data data/mine --out scores.csv",
            "score runs/vae-1 --images photos --out scores.csv")
    {
        Arguments.Add(_run);
        _rows.AddTo(this);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        var path = OutputFile.EnsureNew(parsed.GetRequiredValue(_out));
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run));
        var (examples, split) = _rows.Read(parsed, run);
        var (objective, training) = (run.Configuration.Objective, run.Configuration.Training);
        var scores = run.Model.Score(examples, objective.Samples, training.Seed, run.Configuration.Data.Binarize);
        OutputFile.Write(path, path, made => ExampleColumns.WriteTable(
            made, examples, split, ["negative_elbo", "reconstruction", "kl"], row => Numbers(scores[row])));
        var highest = Enumerable.Range(0, scores.Count).MaxBy(index => TotalOf(scores[index]));
        Console.Out.WriteLine(
            $"{PrintableText.Of(path)}: {scores.Count} examples, mean {MetricText.Nats(scores.Average(TotalOf))} nats, maximum "
            + $"{MetricText.Nats(TotalOf(scores[highest]))} (index {examples.Indices.Span[highest]})");
        return ExitCodes.Done;
    }

    private static double TotalOf(ExampleScore score) => score.NegativeElbo ?? score.Reconstruction;

    private static IEnumerable<string> Numbers(ExampleScore score) =>
        [Number(score.NegativeElbo), Number(score.Reconstruction), Number(score.Kl)];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
