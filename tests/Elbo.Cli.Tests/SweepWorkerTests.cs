namespace Elbo.Cli.Tests;

/// <summary>Several processes that train the runs of one sweep.</summary>
[Collection(SharedWorkspace.Name)]
public class SweepWorkerTests(TestWorkspace workspace, UndisturbedSweep undisturbed) : IClassFixture<UndisturbedSweep>
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private const int KilledExitCode = 128 + Kill;

    // What a worker prints when it begins or resumes a run.
    private const string Training = "/claims/";

    [Fact]
    public void Several_workers_at_once_write_what_one_process_writes()
    {
        var folder = workspace.New();
        var workers = Enumerable.Range(0, 3).Select(_ => Start(folder)).ToList();
        try
        {
            var results = workers.Select(worker => worker.Wait().AssertDone()).ToList();
            Assert.All(results, result => Assert.Equal(undisturbed.Table, UndisturbedSweep.TableOf(result)));
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }

        SweepFiles.AssertSame(undisturbed.Folder, folder);
        // One claim of each run and of the page, and nothing but their records.
        Assert.Equal(UndisturbedSweep.Runs + 1, Directory.GetFileSystemEntries(Path.Combine(folder, "claims"), "*.1.json").Length);
        Assert.Equal(UndisturbedSweep.Runs + 1, Directory.GetFileSystemEntries(Path.Combine(folder, "claims")).Length);

        // A process alone has nothing to do.
        var alone = workspace.Run(UndisturbedSweep.Into(folder)).AssertDone();
        Assert.Equal(UndisturbedSweep.Runs, alone.Errors.Split("is already finished").Length - 1);
        SweepFiles.AssertSame(undisturbed.Folder, folder);
    }

    [Fact]
    public void Workers_killed_twenty_times_at_random_lose_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "this signal does not exist on Windows");
        const int kills = 20;
        var folders = new List<string> { workspace.New() };
        var killed = 0;
        Parallel.For(0, 2, seed =>
        {
            var random = new Random(seed);
            while (Volatile.Read(ref killed) < kills)
            {
                string folder;
                lock (folders)
                    folder = folders[^1];
                using var worker = Start(folder);
                // Before or after it has begun to train.
                var isTraining = random.Next(4) == 0 || worker.TryWaitForError(Training);
                Thread.Sleep(random.Next(isTraining ? 150 : 0));
                worker.Signal(Kill);
                var result = worker.Wait();
                if (result.ExitCode == KilledExitCode)
                {
                    Interlocked.Increment(ref killed);
                    continue;
                }

                // It was done before: the next ones have another sweep.
                result.AssertDone();
                lock (folders)
                {
                    if (folders[^1] == folder)
                        folders.Add(workspace.New());
                }
            }
        });

        Assert.All(folders, folder =>
        {
            Start(folder).Wait().AssertDone();
            SweepFiles.AssertSame(undisturbed.Folder, folder);
        });
        Assert.Contains(
            folders, folder => Directory.EnumerateFiles(Path.Combine(folder, "claims"), "*.2.json").Any());
    }

    [Fact]
    public void A_stopped_worker_whose_run_was_taken_over_writes_nothing_when_it_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these signals do not exist on Windows");
        var folder = workspace.New();
        using var stopped = Start(folder);
        stopped.WaitForError("epoch 2/");
        stopped.Signal(Stop);
        Assert.False(File.Exists(Path.Combine(folder, "sweep.html")), "the worker was stopped too late for this test");

        Start(folder).Wait().AssertDone();

        SweepFiles.AssertSame(undisturbed.Folder, folder);
        var before = SweepFiles.Contents(folder);
        stopped.Signal(Continue);
        var result = stopped.Wait().AssertDone();
        Assert.Contains("was taken over by another worker", result.Errors, StringComparison.Ordinal);
        Assert.Equal(undisturbed.Table, UndisturbedSweep.TableOf(result));
        // Records and times too; only what it says of its own claim may differ.
        Assert.Equal(WithoutClaims(before), WithoutClaims(SweepFiles.Contents(folder)));
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder, "claims")));

        static Dictionary<string, string> WithoutClaims(IDictionary<string, string> files) =>
            files.Where(file => !file.Key.StartsWith("claims", StringComparison.Ordinal)).ToDictionary();
    }

    [Fact]
    public void Workers_go_on_at_once_with_what_was_interrupted_with_and_without_workers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these signals do not exist on Windows");
        var folder = workspace.New();
        using (var alone = ElboProcess.Start(workspace.Folder, UndisturbedSweep.Into(folder)))
        {
            alone.WaitForError("epoch 2/");
            alone.Signal(Interrupt);
            Assert.Equal(130, alone.Wait().ExitCode);
        }

        using (var worker = Start(folder, patience: 86_400))
        {
            worker.WaitForError("is resumed in");
            worker.Signal(Terminate);
            var result = worker.Wait();
            Assert.Equal(143, result.ExitCode);
            Assert.Contains("--worker", result.Errors, StringComparison.Ordinal);
        }

        workspace.Run(UndisturbedSweep.Into(folder)).AssertFails(2, "--worker");
        Start(folder, patience: 86_400).Wait().AssertDone();
        SweepFiles.AssertSame(undisturbed.Folder, folder);
    }

    [Fact]
    public void A_worker_that_cannot_write_the_shared_folder_says_so_and_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Permissions are those of Linux.");
        var folder = undisturbed.Copy(workspace.New());
        Directory.Delete(Path.Combine(folder, UndisturbedSweep.FirstRun), recursive: true);
        var before = SweepFiles.Contents(folder);
        // The administrator may write anywhere unless that is given up.
        var start = Environment.UserName == "root" ? "setpriv --securebits +noroot --bounding-set -all --inh-caps -all " : "";
        var program = Path.Combine(ElboProcess.ProgramFolder, ElboProcess.CommandName);
        foreach (var mode in new[] { "a-w", "a-rwx" })
        {
            using var worker = ElboProcess.StartProgram(
                "/bin/sh",
                workspace.Folder,
                "-c",
                $"chmod {mode} {folder}; {start}'{program}' {string.Join(' ', UndisturbedSweep.Into(folder))} --worker; code=$?; "
                    + $"chmod u+rwx {folder}; exit $code");
            worker.Wait().AssertFails(4, folder);
        }

        Assert.Equal(before, SweepFiles.Contents(folder));
    }

    private ElboProcess Start(string folder, int patience = 1) => ElboProcess.Start(
        workspace.Folder, [.. UndisturbedSweep.Into(folder), "--worker", "--abandoned-after", $"{patience}"]);
}

/// <summary>The sweep of these tests, trained by one process that nothing disturbs.</summary>
public sealed class UndisturbedSweep
{
    public const int Runs = 4;
    public const string FirstRun = "klWeight-0.5_seed-1";

    public UndisturbedSweep(TestWorkspace workspace)
    {
        Folder = workspace.New();
        Table = TableOf(workspace.Run(Into(Folder)).AssertDone());
    }

    public string Folder { get; }

    /// <summary>The table that every worker prints.</summary>
    public string Table { get; }

    // Without the pages of samples, which take most of the time of such small epochs.
    internal static string[] Into(string folder) =>
    [
        "sweep", "vae", .. TestWorkspace.Small, "--epochs", "16", "--no-sample-pages",
        "--grid", "objective.klWeight=0.5,2,training.seed=1,2", "--out", folder,
    ];

    internal static string TableOf(ElboResult result) => result.Output[..result.Output.IndexOf("\n\n", StringComparison.Ordinal)];

    internal string Copy(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }
}
