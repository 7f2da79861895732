using System.Globalization;

namespace Elbo;

/// <summary>
/// Whether a training has left its model worse than it began, beyond all that a training that works ever does: losses stay finite numbers
/// long after the learning rate has torn the weights apart.
/// </summary>
internal static class Divergence
{
    /// <summary>How many times the loss at the start the one at the end may be.</summary>
    public const double Factor = 10;

    /// <summary>
    /// The largest loss at which a training ends well: <see cref="Factor"/> times the size of the loss at the start, or of one nat for each
    /// number of a value where that is more, since a loss may begin near 0.
    /// </summary>
    /// <param name="initial">The loss of the initial weights, in nats per example.</param>
    /// <param name="shape">The values.</param>
    public static double Limit(double initial, ValueShape shape) => Factor * Math.Max(Math.Abs(initial), shape.Size);

    /// <summary>Rejects the end of a training that has diverged.</summary>
    /// <param name="initial">The loss of the initial weights; null if it is not known.</param>
    /// <param name="final">The loss in the last epoch; null if there was none.</param>
    /// <param name="shape">The values.</param>
    /// <param name="bestEpoch">The epoch of the best weights, for the message.</param>
    /// <exception cref="NotFiniteException">The final loss is above the limit.</exception>
    public static void EnsureNone(double? initial, double? final, ValueShape shape, int bestEpoch)
    {
        if (initial is not { } first || final is not { } last || last <= Limit(first, shape))
            return;
        throw new NotFiniteException(string.Create(
            CultureInfo.InvariantCulture,
            $"The training has diverged: its loss is {last:G4} nats at the end and was {first:G4} nats at the start, and it ends well "
            + $"only up to {Limit(first, shape):G4} ({Factor:0} times as much): try a lower learning rate "
            + $"(the weights of epoch {bestEpoch} are the best)."));
    }

    /// <summary>The loss in the last epoch, under the weights at which schedules end: the lower one of training and validation.</summary>
    /// <param name="reports">The epochs of this part of the training.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="directory">The run, which has the epochs before; null if none is recorded.</param>
    public static double? FinalLoss(IReadOnlyList<EpochReport> reports, WeightedObjective objective, RunDirectory? directory)
    {
        if (reports.Count > 0)
        {
            var (train, held) = (reports[^1].Train, reports[^1].Validation);
            var weights = objective.FinalWeights;
            return Math.Min(train.Loss(objective, weights), held?.Loss(objective, weights) ?? double.PositiveInfinity);
        }

        // A run that is resumed after its last epoch.
        var rows = directory?.ReadMetrics().Where(row => row.Split != "test").ToList() ?? [];
        return rows.Count == 0 ? null : rows.Where(row => row.Epoch == rows[^1].Epoch).Min(row => row.Loss);
    }
}
