namespace Elbo;

/// <summary>The objectives by name.</summary>
internal static class Objectives
{
    public const string Bound = "elbo";
    public const string Reconstruction = "reconstruction";

    private static readonly Registry<Objective> Registry = new("objective")
    {
        [Bound] = new EvidenceLowerBound(),
        ["beta-tc"] = new BetaTotalCorrelationObjective(),
        ["capacity"] = new CapacityObjective(),
        ["iwae"] = new ImportanceWeightedBound(),
        ["hybrid"] = new HybridObjective(),
        [Reconstruction] = new ReconstructionObjective(),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Objective Find(string name) => Registry.Find(name);
}
