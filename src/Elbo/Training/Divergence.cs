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
}
