namespace Elbo.ML.Mappings;

/// <summary>What a mapping reads that reads nothing.</summary>
internal sealed class NoColumns;
