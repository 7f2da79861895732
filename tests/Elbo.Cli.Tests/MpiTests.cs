using System.Diagnostics;
using System.Globalization;

namespace Elbo.Cli.Tests;

/// <summary>Trainings that mpirun starts in several processes.</summary>
[Collection(SharedWorkspace.Name)]
public class MpiTests(TestWorkspace workspace)
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int Stop = 19;

    // Twenty steps in an epoch, one thread for each process.
    private static readonly string[] Training =
    [
        "--data", "data", "--hidden", "16", "--latent", "3", "--batch-size", "11", "--validation", "20", "--threads", "1", "--seed", "5",
        "--no-sample-pages",
    ];

    [Fact]
    public void Two_processes_train_evaluate_and_resume_as_one_does()
    {
        SkipWithoutMpi();
        var (alone, shared, stopped) = (workspace.New(), workspace.New(), workspace.New());
        workspace.Run(["train", "cvae", .. Training, "--epochs", "5", "--out", alone]).AssertDone();
        Together(2, ["train", "cvae", .. Training, "--epochs", "5", "--out", shared]).AssertDone();

        // A hundred steps.
        var rows = RunDirectory.Open(alone).ReadMetrics().Zip(RunDirectory.Open(shared).ReadMetrics()).ToList();
        Assert.Equal(11, rows.Count);
        Assert.All(rows, pair => Assert.Equal(1, pair.Second.Loss / pair.First.Loss, 1e-5));
        Assert.Equal(2, RunDirectory.Open(shared).ReadRecord().Machine.Processes);
        Assert.Equal(TestWorkspace.TestReads(alone), TestWorkspace.TestReads(shared));

        string[] evaluation = ["evaluate", shared, "--importance-samples", "20", "--no-label-report", "--json"];
        var (one, two) = (workspace.Run(evaluation).AssertDone().Output, Together(2, evaluation).AssertDone().Output);
        foreach (var figure in new[] { "negativeElbo", "importanceSampledNll", "priorMonteCarloNll", "aggregateKl" })
            Assert.Equal(Figure(one, figure), Figure(two, figure), 1e-4);

        Together(2, ["train", "cvae", .. Training, "--epochs", "2", "--out", stopped]).AssertDone();
        Together(2, ["resume", stopped, "--epochs", "5"]).AssertDone();
        foreach (var file in new[] { "metrics.csv", "checkpoints/last.safetensors", "checkpoints/best.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(shared, file)), File.ReadAllBytes(Path.Combine(stopped, file)));
    }

    [Theory]
    [InlineData(Kill)]
    [InlineData(Stop)]
    [InlineData(Terminate)]
    public void A_process_that_is_gone_hangs_or_stops_ends_the_others_with_a_checkpoint_that_resumes(int signal)
    {
        SkipWithoutMpi();
        var run = workspace.New();
        using var training = Start(2, ["train", "vae", .. Training, "--epochs", "100000", "--checkpoint-every", "7", "--out", run]);
        training.WaitForError("epoch 2/");
        var rank = signal == Stop ? 0 : 1;
        Send(signal, ProcessOf(training.Id, rank));

        var result = training.Wait();

        // mpirun says itself what became of a process that was killed; of one that hangs another one does.
        var (code, sentence) = signal switch
        {
            Kill => (137, "exited on signal 9"),
            Stop => (ExitCodes.Environment, "elbo: Process 0 on "),
            _ => (ExitCodes.Terminated, "Resume with:"),
        };
        Assert.True(code == result.ExitCode, $"exit code {result.ExitCode}: {result.Errors}");
        Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
        Assert.Equal(1, result.Errors.Split('\n').Count(line => line.Contains(sentence, StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        // Another number of processes may go on.
        if (signal == Kill)
            workspace.Run("resume", run, "--epochs", $"{RunDirectory.Open(run).ReadMetrics()[^1].Epoch + 1}").AssertDone();
    }

    [Fact]
    public void What_all_processes_find_wrong_is_said_once()
    {
        SkipWithoutMpi();
        var result = Together(2, ["train", "vae", "--data", "no-such-folder"]);

        Assert.Equal(ExitCodes.Data, result.ExitCode);
        Assert.Contains("no-such-folder", Assert.Single(Sentences(result)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_fails_alone_says_so()
    {
        SkipWithoutMpi();
        // Two programs in one job: the second has other data.
        var other = workspace.New();
        TestWorkspace.WriteDataset(other);
        File.WriteAllBytes(Path.Combine(other, "t10k-labels-idx1-ubyte"), []);
        string[] Of(string data) => ["-n", "1", Program, "train", "vae", .. Training[2..], "--data", data, "--out", workspace.New()];

        var result = Mpirun([.. Of("data"), ":", .. Of(other)]);

        Assert.Equal(ExitCodes.Data, result.ExitCode);
        var sentence = Assert.Single(Sentences(result));
        Assert.StartsWith("elbo: Process 1 on ", sentence, StringComparison.Ordinal);
        Assert.Contains("t10k-labels-idx1-ubyte", sentence, StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(ElboProcess.ProgramFolder, ElboProcess.CommandName);

    private static void SkipWithoutMpi() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "mpirun"))),
        "mpirun is not installed");

    private static IEnumerable<string> Sentences(ElboResult result) =>
        result.Errors.Split('\n').Where(line => line.StartsWith("elbo: ", StringComparison.Ordinal));

    private static double Figure(string json, string name) =>
        System.Text.Json.JsonDocument.Parse(json).RootElement.TryGetProperty(name, out var value) ? value.GetDouble() : double.NaN;

    private ElboResult Together(int count, string[] arguments) => Mpirun(["-n", $"{count}", Program, .. arguments]);

    private ElboResult Mpirun(string[] arguments)
    {
        using var process = StartMpirun(arguments);
        return process.Wait();
    }

    private ElboProcess Start(int count, string[] arguments) => StartMpirun(["-n", $"{count}", Program, .. arguments]);

    private ElboProcess StartMpirun(string[] arguments) => ElboProcess.StartProgram(
        "mpirun", workspace.Folder, ["--allow-run-as-root", "--oversubscribe", "-x", "ELBO_MPI_PATIENCE=3", .. arguments]);

    private static int ProcessOf(int mpirun, int rank) => Process.GetProcesses()
        .Select(process => process.Id)
        .Single(id => ParentOf(id) == mpirun && Variables(id).Contains($"OMPI_COMM_WORLD_RANK={rank}"));

    private static int ParentOf(int id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat");
            // After the name of the program, which may have spaces: its state, then its parent.
            var afterName = fields[(fields.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(afterName[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string[] Variables(int id) => File.ReadAllText($"/proc/{id}/environ").Split('\0');

    private static void Send(int signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
