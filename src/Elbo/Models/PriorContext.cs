namespace Elbo;

/// <summary>What a prior is built for.</summary>
/// <param name="Options">The options of the model; complete but for the prior's own.</param>
/// <param name="Features">The number of features of the model's condition; 0 without a condition.</param>
/// <param name="Noise">What initial parameters are drawn from, so that the same seed gives the same ones.</param>
public sealed record PriorContext(ModelOptions Options, int Features, WeightNoise Noise)
{
    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(PriorContext), PrintMembers);
}
