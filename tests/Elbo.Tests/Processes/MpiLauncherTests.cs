namespace Elbo.Tests;

public class MpiLauncherTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=0", "1 of 4, 0")] // mpirun
    [InlineData("PMIX_RANK=3 SLURM_PROCID=3 SLURM_STEP_NUM_TASKS=4 SLURM_LOCALID=1", "3 of 4, 1")] // srun --mpi=pmix
    [InlineData("SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=2 SLURM_LOCALID=1", "1 of 2, 1, apart")] // srun without PMI
    [InlineData("PMI_RANK=0 PMI_SIZE=2", "0 of 2, 0")] // another MPI's launcher
    [InlineData("OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_LOCAL_RANK=0", "alone")] // mpirun -n 1
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=2 SLURM_LOCALID=0", "alone")] // the script of sbatch -n 2
    [InlineData("PMIX_RANK=0 SLURM_STEP_NUM_TASKS=1", "alone")]
    [InlineData("", "alone")]
    public void A_launcher_is_known_by_what_it_sets(string variables, string expected)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);

        var launcher = MpiLauncher.Read(name => values.GetValueOrDefault(name));

        Assert.Equal(expected, launcher is null ? "alone" : Text(launcher));
    }

    private static string Text(MpiLauncher launcher) =>
        $"{launcher.Rank} of {launcher.Count}, {launcher.LocalRank}{(launcher.Connects ? "" : ", apart")}";

    [Fact]
    public void Programs_that_differ_are_told_by_version_or_by_build()
    {
        var own = ProcessProgram.OfThisProcess();
        Assert.Equal(own, ProcessProgram.Parse(System.Text.Encoding.UTF8.GetBytes(own.ToString())));
        Assert.Null(ProcessProgram.DifferenceOf([own, own with { Host = "another" }]));
        Assert.Equal(
            "Process 0 on a runs Elbo 0.2.0, but process 2 on c runs Elbo 0.3.0: install the same one on every machine.",
            ProcessProgram.DifferenceOf([new("a", "0.2.0", "11"), new("b", "0.2.0", "11"), new("c", "0.3.0", "22")]));
        Assert.Contains(
            "Elbo 0.2.0 of build 11, but process 1 on b runs Elbo 0.2.0 of build 22",
            ProcessProgram.DifferenceOf([new("a", "0.2.0", "11"), new("b", "0.2.0", "22")])!,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(2, 4)]
    [InlineData(0, 2)]
    public void Shares_follow_each_other_and_are_all(int total, int count)
    {
        ProcessShare[] shares = [.. Enumerable.Range(0, count).Select(rank => ProcessShare.Of(total, rank, count))];

        Assert.Equal(total, shares.Sum(share => share.Count));
        Assert.All(shares.Skip(1).Zip(shares), pair => Assert.Equal(pair.Second.Start + pair.Second.Count, pair.First.Start));
        Assert.True(shares.Max(share => share.Count) - shares.Min(share => share.Count) <= 1);
    }
}
