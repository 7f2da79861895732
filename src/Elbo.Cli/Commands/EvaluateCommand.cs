using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary><c>elbo evaluate</c>: prints the terms of the bound on a split and sample metrics of a conditional model.</summary>
internal sealed class EvaluateCommand : ExecutableCommand
{
    private const int DefaultSamplesPerLabel = 1_000;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<int?> _samplesPerLabel = CommonOptions.Integer(
        "--samples-per-label",
        $"Number of samples per label that a classifier labels ({DefaultSamplesPerLabel} by default).",
        minimum: 2,
        maximum: 100_000);

    private readonly Option<bool> _noLabelReport = new("--no-label-report")
    {
        Description = "Omit the label accuracy of samples.",
    };

    private readonly Option<int?> _importanceSamples = CommonOptions.Integer(
        "--importance-samples",
        "Estimate log p(x|c) with this many samples of z per image: the bound, prior Monte Carlo and importance sampling.");

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The current location of the run's data, if it has moved.",
        HelpName = "NAME|DIR",
    };

    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<bool> _json = CommonOptions.Json();

    public EvaluateCommand()
        : base(
            "evaluate",
            "Print the terms of the bound on a split and estimates of the likelihood, with the best weights of a run.",
            "evaluate runs/cvae-1",
            "evaluate runs/vae-1 --importance-samples 500",
            "evaluate runs/vae-1 --split validation --json")
    {
        Arguments.Add(_run);
        Options.Add(_split);
        Options.Add(_importanceSamples);
        Options.Add(_samplesPerLabel);
        Options.Add(_noLabelReport);
        Options.Add(_data);
        Options.Add(_device);
        Options.Add(_json);
    }

    public override bool SharesWork => true;

    protected override int Execute(ParseResult parsed)
    {
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        var data = RunData.Load(run.Directory, parsed.GetValue(_data));
        var importanceSamples = parsed.GetValue(_importanceSamples);
        if (importanceSamples is not null)
            RequireDensity(run.Model);
        var split = parsed.GetValue(_split);
        var (seed, objective) = (run.Configuration.Training.Seed, run.Configuration.Objective);
        var examples = data.GetSplit(split, run.Model);
        var report = TermsReport.Of(split.ToString().ToLowerInvariant(), Terms(run, examples), run.Model);
        LikelihoodMetrics? likelihood = null;
        if (importanceSamples is { } samples)
        {
            var estimates = LikelihoodEvaluation.Estimate(
                run.Model, examples, samples, seed, progress: new ThrottledProgress(examples.Count), processes: SharedWork.Group);
            (report, likelihood) = (report.With(estimates), new LikelihoodMetrics(estimates));
        }

        // The rest takes little time, and one process does it.
        if (SharedWork.Group.Rank > 0)
            return ExitCodes.Done;
        var latent = LatentMetrics.Of(run.Model, objective, examples, seed, RunLabels.Of(run));

        var diversity = run.Model.Condition is null
            ? null
            : DiversityMetrics.Of(SampleVariety.Of(run.Model, examples, seed, run.Configuration.Data.Binarize));
        // The classifier of labels sees images.
        var hasLabelReport = run.Model is { Condition: LabelCondition, Shape.Image: not null } && !parsed.GetValue(_noLabelReport);
        var labels = split == Split.Test && hasLabelReport && data.IsOriginal
            ? LabelMetrics.Of(LabelReport(run, data, parsed.GetValue(_samplesPerLabel) ?? DefaultSamplesPerLabel))
            : null;
        if (parsed.GetValue(_json))
            JsonOutput.WriteMerged(report, likelihood, latent, diversity, labels);
        else
            WriteText(run.Model, report, likelihood, latent, diversity, labels);
        foreach (var warning in likelihood?.Warnings() ?? [])
            Console.Error.WriteLine(warning);
        return ExitCodes.Done;
    }

    private static void RequireDensity(LatentVariableModel model)
    {
        try
        {
            LikelihoodEvaluation.EnsureDensity(model);
        }
        catch (SettingsException exception)
        {
            throw new SettingsException($"{exception.Message.TrimEnd('.')} (omit --importance-samples).", exception);
        }
    }

    // Binarized exactly as in training, so that the metrics of the test split match the final ones of the training.
    private static SplitTerms Terms(Run run, ExampleSet examples)
    {
        var (objective, training) = (run.Configuration.Objective, run.Configuration.Training);
        var terms = SplitEvaluation.Evaluate(
            run.Model, examples, objective, training.Seed, training.BatchSize, processes: SharedWork.Group);
        return terms.IsFinite
            ? terms
            : throw new NotFiniteException($"The terms of {run.Folder} on this split are not finite: its weights are not usable.");
    }

    private static ConditionalSampleReport LabelReport(Run run, RunData data, int samplesPerLabel)
    {
        var condition = (LabelCondition)run.Model.Condition!;
        var train = data.GetSplit(Split.Train);
        // Trained on the run's own training images, so it is stored in the run's folder.
        var path = Path.Combine(run.Folder, "checkpoints", "classifier.safetensors");
        using var classifier = LabelClassifier.LoadOrTrain(
            path, ConditionalSampleEvaluation.Classes(train, condition), condition.Count, Console.Error.WriteLine);
        var (seed, binarize) = (run.Configuration.Training.Seed, run.Configuration.Data.Binarize);
        return ConditionalSampleEvaluation.Evaluate(run.Model, train, data.Dataset.Test, classifier, samplesPerLabel, seed, binarize);
    }

    private static void WriteText(
        LatentVariableModel model,
        TermsReport report,
        LikelihoodMetrics? likelihood,
        LatentMetrics latent,
        DiversityMetrics? diversity,
        LabelMetrics? labels)
    {
        var lines = new TextTable();
        lines.Add("split", report.Split);
        lines.Add("examples", report.Examples.ToString(CultureInfo.InvariantCulture));
        lines.Add("parameters", report.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        if (report.NegativeElbo is { } bound)
            lines.Add("-ELBO", $"{MetricText.Nats(bound)} nats{MetricText.ErrorSuffix(report.NegativeElboStandardError)}");
        if (report.BitsPerDimension is { } bits)
            lines.Add("bits per dimension", MetricText.Bits(bits));
        // Without latent variables the reconstruction term is the negative log-likelihood itself.
        lines.Add(
            model.LatentSize == 0 ? model.Condition is null ? "-log p(x)" : "-log p(x|c)" : "reconstruction",
            $"{MetricText.Nats(report.Reconstruction)} nats{MetricText.ErrorSuffix(report.ReconstructionStandardError)}");
        var dimensions = new DimensionText(model.LatentSize, report.KlPerDimension);
        if (dimensions.Note is { } note)
            lines.Add("dimensions", note);
        if (report.Kl is { } kl)
        {
            var label = report.KlIsMonteCarlo ? ", estimated by Monte Carlo: it has no closed form for this prior" : "";
            lines.Add("KL", $"{MetricText.Nats(kl)} nats{label}");
            lines.Add("KL per dimension", report.KlPerDimension is { } each
                ? dimensions.Of(each)
                : "not available: a Monte Carlo KL is not a sum over dimensions");
        }

        if (report.Auxiliary is { } auxiliary)
        {
            var size = report.AuxiliaryBatchSize is { } batch ? $", estimated in batches of {batch} as in training" : "";
            lines.Add("auxiliary term", $"{MetricText.Nats(auxiliary)} nats, of the objective and without a weight{size}");
        }

        if (model.InfersCode)
            lines.Add("active units", $"{report.ActiveUnits} of {model.LatentSize}");
        latent.AddTo(lines, report.Examples, report.KlIsMonteCarlo, dimensions);
        diversity?.AddTo(lines);
        labels?.AddTo(lines);
        lines.Write(Console.Out);
        likelihood?.WriteText(Console.Out, model.Condition is not null);
    }
}
