namespace Elbo.Cli.Tests;

/// <summary>Several processes on one run or one output at the same time lose nothing.</summary>
[Collection(SharedWorkspace.Name)]
public class ConcurrencyTests(TestWorkspace workspace)
{
    [Fact]
    public void Four_scores_at_once_are_four_reads_of_the_test_split()
    {
        var run = workspace.CopyOf("vae");
        var before = TestWorkspace.TestReads(run);

        AtOnce(4, _ => ["score", run, "--data", "data", "--out", workspace.New(".csv")], ExitCodes.Done);

        Assert.Equal(before + 4, TestWorkspace.TestReads(run));
        Assert.Equal(RunState.Finished, RunDirectory.Open(run).ReadRecord().State);
    }

    [Fact]
    public void Of_two_that_write_one_file_one_has_it_and_default_names_are_never_shared()
    {
        var run = workspace.CopyOf("vae");
        var path = workspace.New(".png");

        var codes = AtOnce(2, seed => ["sample", run, "--seed", $"{seed}", "--out", path]);

        Assert.Equal([ExitCodes.Done, ExitCodes.Usage], codes.Order());
        var samples = Path.Combine(run, "samples");
        var before = Directory.GetFiles(samples).Length;
        AtOnce(3, _ => ["sample", run, "--seed", "7"], ExitCodes.Done);
        Assert.Equal(before + 3, Directory.GetFiles(samples).Length);
        Assert.Empty(Directory.GetDirectories(samples));
    }

    [Fact]
    public void Two_trainings_with_a_default_name_in_one_second_get_two_names()
    {
        var folder = Directory.CreateDirectory(workspace.New()).FullName;
        string[] arguments = ["train", "ae", .. TestWorkspace.Small, "--epochs", "1"];
        arguments[Array.IndexOf(arguments, "data")] = Path.Combine(workspace.Folder, "data");

        AtOnce(3, _ => arguments, ExitCodes.Done, folder);

        var runs = Directory.GetDirectories(Path.Combine(folder, "runs"));
        Assert.Equal(3, runs.Length);
        Assert.All(runs, run => Assert.Equal(RunState.Finished, RunDirectory.Open(run).ReadRecord().State));
    }

    private IReadOnlyList<int> AtOnce(int count, Func<int, string[]> arguments, int? code = null, string? folder = null)
    {
        folder ??= workspace.Folder;
        var processes = Enumerable.Range(0, count).Select(number => ElboProcess.Start(folder, arguments(number))).ToList();
        try
        {
            var results = processes.Select(process => process.Wait()).ToList();
            if (code is not null)
                Assert.All(results, result => Assert.True(result.ExitCode == code, $"exit code {result.ExitCode}: {result.Errors}"));
            return [.. results.Select(result => result.ExitCode)];
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }
}
