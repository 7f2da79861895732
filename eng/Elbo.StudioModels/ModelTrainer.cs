using Elbo.Studio;
using TorchSharp;
using static Elbo.Scalars;

namespace Elbo.StudioModels;

/// <summary>Trains the bundled models by their recipes, and skips those that are up to date.</summary>
/// <param name="dataset">MNIST.</param>
/// <param name="output">The output folder, with one subfolder per model.</param>
/// <param name="log">Receives progress messages.</param>
internal sealed class ModelTrainer(Dataset dataset, string output, TextWriter log)
{
    /// <summary>Trains a model and writes its three files, unless they exist and come from the same configuration.</summary>
    public void Train(Recipe recipe, CancellationToken cancellationToken)
    {
        using var model = LatentVariableModel.Create(recipe.Model, recipe.Training.Seed, recipe.Objective);
        var trainer = new Trainer(model, recipe.Training) { Data = new DataConfiguration() };
        var configuration = trainer.Check(dataset.Train, dataset.Test);
        var folder = new ModelFolder(Path.Combine(output, recipe.Id));
        if (IsUpToDate(folder, configuration))
        {
            log.WriteLine($"{recipe.Id}: up to date");
            return;
        }

        // The configuration is written last, so that a folder with a configuration contains a complete model.
        Directory.CreateDirectory(folder.Path);
        File.Delete(folder.Configuration);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        trainer.Fit(dataset.Train, cancellationToken: cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        HalfPrecisionWeights.Save(folder.Weights, model);
        var figures = Measure(recipe, model);
        AtomicFile.WriteText(folder.Figures, figures.ToJson());
        configuration.Save(folder.Configuration);
        log.WriteLine(FormattableString.Invariant(
            $"{recipe.Id}: reconstruction {figures.Reconstruction:F2}, KL {figures.Kl:F2}, {watch.Elapsed.TotalSeconds:F0} s"));
    }

    /// <summary>Measures an existing model with the noise of this version, and keeps its weights and its configuration.</summary>
    public void MeasureAgain(Recipe recipe)
    {
        var folder = new ModelFolder(Path.Combine(output, recipe.Id));
        using var model = Configurations.Load(folder.Configuration).CreateModel();
        HalfPrecisionWeights.Load(folder.Weights, model);
        var figures = Measure(recipe, model);
        AtomicFile.WriteText(folder.Figures, figures.ToJson());
        log.WriteLine(FormattableString.Invariant($"{recipe.Id}: reconstruction {figures.Reconstruction:F2}, KL {figures.Kl:F2}"));
    }

    private static bool IsUpToDate(ModelFolder folder, RunConfiguration configuration) =>
        File.Exists(folder.Configuration)
        && File.Exists(folder.Figures)
        && File.Exists(folder.Weights)
        && Configurations.Load(folder.Configuration) == configuration;

    private ModelFigures Measure(Recipe recipe, LatentVariableModel model)
    {
        var terms = SplitEvaluation.Evaluate(model, dataset.Test, binarize: Binarization.None);
        return new ModelFigures
        {
            Family = recipe.Family,
            Examples = terms.Examples,
            Reconstruction = terms.Reconstruction,
            Kl = terms.Kl,
            KlPerDimension = terms.KlPerDimension,
            ActiveDimensions =
            [
                .. Enumerable.Range(0, model.LatentSize).Where(dimension => !terms.InactiveDimensions.Contains(dimension + 1)),
            ],
            StandardError = terms.StandardError,
            PriorOfLabels = model.Condition is LabelCondition labels ? PriorOf(model, labels) : null,
        };
    }

    private static GaussianFigures[] PriorOf(LatentVariableModel model, LabelCondition labels)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var prior = ((GaussianPrior)model.Prior).At(torch.eye(labels.Count));
        var mean = prior.Mean.expand(labels.Count, model.LatentSize);
        var deviation = prior.LogVariance is { } logVariance ? (logVariance * Number(0.5)).exp() : torch.ones_like(mean);
        return [.. Enumerable.Range(0, labels.Count).Select(label => new GaussianFigures(Row(mean, label), Row(deviation, label)))];

        static double[] Row(torch.Tensor rows, int index) =>
            rows[index].to(torch.float64).contiguous().data<double>().ToArray();
    }
}
