namespace Elbo;

/// <summary>A part that a configuration names and nobody has registered.</summary>
/// <param name="Concept">What it is, such as a likelihood.</param>
/// <param name="Name">Its name.</param>
public sealed record MissingPart(string Concept, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Concept} '{Name}'";
}
