using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Studio.Tests;

/// <summary>
/// A folder of runs and the real elbo program that trains in it. The program is started by a script that replaces MNIST by a few tiny
/// images, so that an epoch takes almost no time; otherwise it runs unchanged.
/// </summary>
internal sealed class TrainingSandbox : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elbo-studio-jobs-");

    public TrainingSandbox()
    {
        WriteImages();
        var program = Path.Combine(AppContext.BaseDirectory, "elbo");
        var script = Path.Combine(_folder.FullName, "elbo.sh");
        File.WriteAllText(
            script,
            $"""
            if [ "$1" = train ]
            then exec "{program}" "$@" --set "data.source={Data}" --set model.network.hidden=[8] --set data.validation=8
            else exec "{program}" "$@"
            fi
            """);
        Program = new ElboProgram("/bin/sh", [script]);
    }

    public ElboProgram Program { get; }

    public string Runs => Path.Combine(_folder.FullName, "runs");

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Creates the jobs and the catalogue of a studio; each call represents another studio process.</summary>
    public (RunCatalogue Catalogue, RunJobs Jobs) Open()
    {
        var catalogue = new RunCatalogue([Runs]);
        return (catalogue, new RunJobs(catalogue, new DataCatalogue([], catalogue), Program));
    }

    /// <summary>Waits until a run meets a condition.</summary>
    public static async Task<RunEntry> Wait(RunCatalogue catalogue, string id, Func<RunEntry, bool> condition)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            catalogue.Runs(refresh: true);
            if (catalogue.Find(id) is { } run && condition(run))
                return run;
            Assert.True(waiting.Elapsed < Timeout, $"the condition was not met, the status is {catalogue.Find(id)?.Status}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Kills a process, as a crash would.</summary>
    public static void Crash(int processId) => Assert.Equal(0, Kill(processId, 9));

    /// <summary>The session id of a process.</summary>
    public static int SessionOf(int processId) => GetSession(processId);

    /// <summary>Kills processes that a test has left running, and deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        var catalogue = Open().Catalogue;
        foreach (var process in catalogue.Runs(refresh: true).Select(run => run.ProcessId).OfType<int>())
            _ = Kill(process, 9);
        while (catalogue.Runs(refresh: true).Any(run => run.ProcessId is not null))
            await Task.Delay(20);
        _folder.Delete(recursive: true);
    }

    private void WriteImages()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Runs);
        Write("train", 40);
        Write("t10k", 16);

        void Write(string part, byte count)
        {
            var random = new Random(count);
            var pixels = new byte[count * 16];
            random.NextBytes(pixels);
            File.WriteAllBytes(
                Path.Combine(Data, $"{part}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 4, 0, 0, 0, 4, .. pixels]);
            File.WriteAllBytes(
                Path.Combine(Data, $"{part}-labels-idx1-ubyte"),
                [0, 0, 8, 1, 0, 0, 0, count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
        }
    }

#pragma warning disable SYSLIB1054 // The generated alternative would need unsafe code in this project.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "getsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetSession(int processId);
#pragma warning restore SYSLIB1054
}
