using System.Globalization;

namespace Elbo.Story;

/// <summary>The settings of a run, and its beta among them.</summary>
internal static class BetaSettings
{
    private static readonly string[] Compared = ["data", "model", "objective", "training"];

    /// <summary>The weight of the KL where the reconstruction has 1, to three digits; 0 for an autoencoder, which has no KL.</summary>
    public static double BetaOf(RunConfiguration configuration)
    {
        var beta = IsPoint(configuration.Model)
            ? 0
            : configuration.Objective.KlWeight.Final / configuration.Objective.ReconstructionWeight.Final;
        return double.Parse(beta.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The first setting besides beta in which two runs differ; null if there is none.</summary>
    public static SettingDifference? Difference(RunConfiguration left, RunConfiguration right) =>
        WithoutBeta(left).DifferenceFrom(WithoutBeta(right), Compared);

    // Also without what changes no weight of the model; whether the data is the same is known by its hashes.
    private static RunConfiguration WithoutBeta(RunConfiguration configuration)
    {
        var (model, objective) = (configuration.Model, configuration.Objective);
        return configuration with
        {
            Data = configuration.Data with { Source = null },
            Model = model with { Posterior = Posteriors.Gaussian, Prior = Priors.Standard },
            Objective = IsPoint(model) ? new() : objective with
            {
                KlWeight = ShapeOf(objective.KlWeight),
                ReconstructionWeight = ShapeOf(objective.ReconstructionWeight),
            },
            Training = configuration.Training with
            {
                CheckpointEvery = 0,
                Device = "cpu",
                FlushDenormals = false,
                SamplePages = true,
                Threads = 0,
            },
        };
    }

    // A warm-up to another weight in the same steps is another beta, and nothing else.
    private static WeightSchedule ShapeOf(WeightSchedule weight) => weight switch
    {
        LinearWarmUp { To: > 0 } line => line with { From = line.From / line.To, To = 1 },
        CyclicalWeight { To: > 0 } cycles => cycles with { From = cycles.From / cycles.To, To = 1 },
        _ => 1,
    };

    private static bool IsPoint(ModelOptions model) => model.Posterior == Posteriors.Point;
}
