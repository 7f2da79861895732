namespace Elbo;

/// <summary>The objectives a configuration can name.</summary>
internal static class Objectives
{
    public const string Bound = "elbo";
    public const string Reconstruction = "reconstruction";

    private static readonly Registry<Objective> Registry = new("objective")
    {
        [Bound] = new EvidenceLowerBound(),
        ["beta-tc"] = new PenalizedTotalCorrelation(),
        ["capacity"] = new CapacityTarget(),
        ["iwae"] = new ImportanceWeightedBound(),
        ["hybrid"] = new Hybrid(),
        [Reconstruction] = new ReconstructionAlone(),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Objective Find(string name) => Registry.Find(name);
}
