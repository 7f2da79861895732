namespace Elbo;

/// <summary>What a likelihood is built for.</summary>
/// <param name="Shape">The shape of the values.</param>
/// <param name="Sigma">The sigma that was asked for, or null.</param>
/// <param name="IsStandardized">Whether the model standardises the values, so that they are any real numbers.</param>
public sealed record LikelihoodContext(ValueShape Shape, double? Sigma = null, bool IsStandardized = false)
{
    /// <summary>Whether values are in 0..1: images that are not standardised.</summary>
    public bool IsUnitRange => Shape.Image is not null && !IsStandardized;

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(LikelihoodContext), PrintMembers);
}
