using System.Globalization;

namespace Elbo;

/// <summary>
/// How this process was started with others, by the variables that Open MPI's mpirun and Slurm's srun set. A script that sbatch starts has
/// a rank, too, without being one of several tasks: only srun sets the number of tasks of a step.
/// </summary>
/// <param name="Rank">The number of this process.</param>
/// <param name="Count">How many were started; null where the launcher does not say.</param>
/// <param name="LocalRank">The number of this process among those on its machine.</param>
/// <param name="Connects">Whether it lets the processes find each other.</param>
internal sealed record MpiLauncher(int Rank, int? Count, int LocalRank, bool Connects = true)
{
    private const string OfSlurmAlone = "SLURM_PROCID";

    private static readonly (string Rank, string[] Count, string LocalRank)[] Variables =
    [
        ("OMPI_COMM_WORLD_RANK", ["OMPI_COMM_WORLD_SIZE"], "OMPI_COMM_WORLD_LOCAL_RANK"),
        ("PMIX_RANK", ["SLURM_STEP_NUM_TASKS"], "SLURM_LOCALID"),
        ("PMI_RANK", ["PMI_SIZE", "SLURM_STEP_NUM_TASKS"], "SLURM_LOCALID"),
        (OfSlurmAlone, ["SLURM_STEP_NUM_TASKS"], "SLURM_LOCALID"),
    ];

    /// <summary>The launcher of this process; null where it was started alone.</summary>
    public static MpiLauncher? OfThisProcess { get; } = Read(Environment.GetEnvironmentVariable);

    internal static MpiLauncher? Read(Func<string, string?> variable)
    {
        foreach (var names in Variables)
        {
            if (Number(names.Rank) is not { } rank)
                continue;
            var count = names.Count.Select(Number).FirstOrDefault(number => number is not null);
            var isOfSlurmAlone = names.Rank == OfSlurmAlone;
            return count == 1 || (count is null && isOfSlurmAlone)
                ? null
                : new MpiLauncher(rank, count, Number(names.LocalRank) ?? rank, !isOfSlurmAlone);
        }

        return null;

        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
