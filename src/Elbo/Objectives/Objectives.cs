namespace Elbo;

/// <summary>
/// The objectives by name: what <see cref="ObjectiveOptions.Kind"/>, configurations and <c>--objective</c> take, without case. The methods
/// may be called from any thread.
/// </summary>
public static class Objectives
{
    /// <summary>The weighted evidence lower bound.</summary>
    public const string Bound = "elbo";

    /// <summary>The beta-TCVAE: the weight on the total correlation alone.</summary>
    public const string BetaTotalCorrelation = "beta-tc";

    /// <summary>The KL held at a capacity.</summary>
    public const string Capacity = "capacity";

    /// <summary>The importance-weighted bound.</summary>
    public const string ImportanceWeighted = "iwae";

    /// <summary>The bound and the reconstruction from codes of the prior.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>The reconstruction alone, for a model without a KL term.</summary>
    public const string Reconstruction = "reconstruction";

    private static readonly Registry<Objective> Registry = new("objective")
    {
        [Bound] = new EvidenceLowerBound(),
        [BetaTotalCorrelation] = new BetaTotalCorrelationObjective(),
        [Capacity] = new CapacityObjective(),
        [ImportanceWeighted] = new ImportanceWeightedBound(),
        [Hybrid] = new HybridObjective(),
        [Reconstruction] = new ReconstructionObjective(),
    };

    /// <summary>All names, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Registers an objective of your own, once, before the first training that names it.</summary>
    /// <param name="name">Its name: letters, digits and hyphens.</param>
    /// <param name="objective">The objective; one instance serves all trainings.</param>
    /// <exception cref="ArgumentException">The name is taken or not possible.</exception>
    public static void Register(string name, Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Registry.Register(name, objective);
    }

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    internal static Objective Find(string name) => Registry.Find(name);
}
