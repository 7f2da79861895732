using Elbo.Story;
using Elbo.Studio;

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
        Measure(recipe, model, folder);
        configuration.Save(folder.Configuration);
        log.WriteLine(FormattableString.Invariant($"{recipe.Id}: trained in {watch.Elapsed.TotalSeconds:F0} s"));
    }

    /// <summary>Measures an existing model with the noise of this version, and keeps its weights and its configuration.</summary>
    public void MeasureAgain(Recipe recipe)
    {
        var folder = new ModelFolder(Path.Combine(output, recipe.Id));
        using var model = Configurations.Load(folder.Configuration).CreateModel();
        HalfPrecisionWeights.Load(folder.Weights, model);
        Measure(recipe, model, folder);
    }

    private void Measure(Recipe recipe, LatentVariableModel model, ModelFolder folder)
    {
        var terms = SplitEvaluation.Evaluate(model, dataset.Test, binarize: recipe.Binarize ?? Binarization.None);
        int[] active = [.. Enumerable.Range(0, model.LatentSize).Where(dimension => !terms.InactiveDimensions.Contains(dimension + 1))];
        AtomicFile.WriteText(
            folder.Figures,
            recipe.Family is { } family
                ? FiguresOf.Studio(family, model, terms, active)
                : StoryFigures.Of(terms, model.LatentSize).ToJson());
        log.WriteLine(FormattableString.Invariant($"{recipe.Id}: reconstruction {terms.Reconstruction:F2}, KL {terms.Kl:F2}"));
    }

    private static bool IsUpToDate(ModelFolder folder, RunConfiguration configuration) =>
        File.Exists(folder.Configuration)
        && File.Exists(folder.Figures)
        && File.Exists(folder.Weights)
        && Configurations.Load(folder.Configuration) == configuration;
}
