namespace Elbo.Server;

/// <summary>What a model computes.</summary>
internal enum ModelOperation
{
    Sample,
    Encode,
    Decode,
    Score,
}
