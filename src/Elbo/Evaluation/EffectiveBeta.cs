namespace Elbo;

/// <summary>The effective beta of a loss with terms in nats, which is comparable between toolkits.</summary>
/// <param name="Beta">The weight on the KL where the reconstruction, -log p(x|z,c) in nats, has the weight one.</param>
/// <param name="AtUnitSigma">
/// For a Gaussian likelihood of fixed sigma: the same loss, up to its scale, as that of sigma = 1 with this weight, beta · sigma². Null
/// for others.
/// </param>
/// <param name="BesideSquaredError">
/// For the same: the weight on the KL beside the plain sum of squared errors, 2 · beta · sigma². Null for others.
/// </param>
public sealed record EffectiveBeta(double Beta, double? AtUnitSigma, double? BesideSquaredError)
{
    /// <summary>The effective beta at the end of the training; null if the objective is not a weighted sum of the two terms.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="model">The model that it trains.</param>
    /// <returns>The effective beta, or null.</returns>
    /// <exception cref="SettingsException">The objective does not fit the model, or its options are not possible.</exception>
    public static EffectiveBeta? Of(ObjectiveOptions objective, GenerativeModel model)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(model);
        return Of(
            new WeightedObjective(objective, () => ModelTerms.Probe(model)), (model.Likelihood as GaussianLikelihood)?.FixedSigma);
    }

    /// <summary>The same of an objective that has been checked.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="sigma">The fixed sigma of a Gaussian likelihood, or null.</param>
    internal static EffectiveBeta? Of(WeightedObjective objective, double? sigma) =>
        objective.EffectiveBeta is { } beta && double.IsFinite(beta)
            ? new EffectiveBeta(beta, beta * sigma * sigma, 2 * beta * sigma * sigma)
            : null;

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(EffectiveBeta), PrintMembers);
}
