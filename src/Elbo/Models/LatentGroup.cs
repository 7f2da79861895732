namespace Elbo;

/// <summary>A group of latent variables that a model draws together.</summary>
/// <param name="Name">Its name in reports and files.</param>
/// <param name="Size">The number of its dimensions.</param>
/// <param name="Noise">The distribution of its noise.</param>
public sealed record LatentGroup(string Name, int Size, NoiseKind Noise = NoiseKind.Normal)
{
    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(LatentGroup), PrintMembers);
}
