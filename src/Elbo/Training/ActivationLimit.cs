namespace Elbo;

/// <summary>
/// Rejects a training whose steps need more memory than the machine has, before anything is allocated for them: the numbers in a
/// configuration may be anybody's.
/// </summary>
internal static class ActivationLimit
{
    /// <summary>The numbers that a step holds until its backward pass, at least: modules without weights are not known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objective">The objective, with its number of draws.</param>
    /// <param name="batch">The number of examples of a step.</param>
    public static decimal CountNumbers(GenerativeModel model, WeightedObjective objective, int batch)
    {
        var outputs = model.parameters().Where(weights => weights.dim() == 2).Sum(weights => (decimal)weights.shape[0]);
        var planes = model.parameters().Where(weights => weights.dim() == 4).ToArray();
        if (model.Shape.Image is { } image)
        {
            // The smallest plane of as many layers that each halve it; most layers have a larger one.
            var size = Math.Max(1, ((long)image.Height * image.Width) >> Math.Min(62, 2 * planes.Length));
            outputs += planes.Sum(weights => (decimal)weights.shape[0] * size);
        }

        var latent = (model as LatentVariableModel)?.LatentSize ?? 1;
        var pairs = objective.AuxiliaryDependsOnBatch ? (decimal)batch * batch * latent : 0;
        return ((decimal)batch * objective.Samples * (outputs + model.Shape.Size)) + pairs;
    }

    /// <summary>Rejects a step that does not fit into memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objective">The objective, with its number of draws.</param>
    /// <param name="batch">The number of examples of a step.</param>
    /// <param name="available">The bytes of memory; null for those of the machine.</param>
    /// <exception cref="SettingsException">It does not.</exception>
    public static void Ensure(GenerativeModel model, WeightedObjective objective, int batch, long? available = null)
    {
        var bytes = CountNumbers(model, objective, batch) * sizeof(float);
        var limit = available ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes <= limit)
            return;
        var draws = objective.Samples > 1 ? $" with {objective.Samples} draws each" : "";
        throw new SettingsException(
            $"A step on {batch} examples{draws} needs more than {bytes / (1 << 30):0.0} GiB, but the machine has "
            + $"{limit / (decimal)(1 << 30):0.0}: choose a smaller BatchSize, fewer Samples or smaller layers.");
    }
}
