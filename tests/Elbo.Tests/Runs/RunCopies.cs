using System.Runtime.InteropServices;

namespace Elbo.Tests;

/// <summary>Copies of one small trained run, to be damaged.</summary>
internal static class RunCopies
{
    private static readonly Lazy<string> Original = new(() =>
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("elbo-tests-original-").FullName, "run");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(folder)).Fit(SmallRuns.Data);
        return folder;
    });

    /// <summary>Copies the run into a folder.</summary>
    public static RunDirectory To(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Original.Value, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Original.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return RunDirectory.Open(folder);
    }

    /// <summary>Makes a FIFO, which nobody writes to.</summary>
    public static void MakeFifo(string path) => Assert.Equal(0, MakeFifo(path, 0x180));

    /// <summary>Gives a file a second name.</summary>
    public static void MakeHardLink(string path, string second) => Assert.Equal(0, Link(path, second));

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(string path, string second);

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeFifo(string path, uint mode);
}
