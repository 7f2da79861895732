using Elbo.ML;

namespace Microsoft.ML;

/// <summary>Adds the estimator to the transforms of ML.NET.</summary>
public static class ElboCatalog
{
    /// <summary>
    /// A variational autoencoder that adds to each row its code, -ELBO in nats, and whether it is an anomaly:
    /// <c>context.Transforms.Elbo(new() { InputColumn = "Readings", Training = new() { Seed = 1 } })</c>.
    /// </summary>
    /// <param name="catalog">The transforms.</param>
    /// <param name="options">Columns, model and training; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="Elbo.SettingsException">An option is not possible.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public static ElboEstimator Elbo(this TransformsCatalog catalog, ElboEstimatorOptions? options = null) => new(catalog, options);
}
