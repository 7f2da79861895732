namespace Elbo.Cli.Tests;

/// <summary>The program on a system that lacks space, or a library.</summary>
[Collection(SharedWorkspace.Name)]
public class FailingSystemTests(TestWorkspace workspace)
{
    private const long MaxCopiedBytes = 60 << 20;

    [Fact]
    public void A_full_disk_causes_exit_code_4()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "requires a small separate file system");
        var disk = Directory.CreateDirectory(workspace.New()).FullName;
        // In a separate namespace, so that the mount requires no privileges and disappears with the process.
        const string script = "mount -t tmpfs -o size=200k none \"$1\" || exit 99; shift; exec \"$@\"";
        string[] command =
        [
            "-r", "-m", "sh", "-c", script, "sh", disk, Path.Combine(ElboProcess.ProgramFolder, ElboProcess.CommandName),
            "train", "vae", .. TestWorkspace.Small, "--set", "model.network.hidden=400", "--out", Path.Combine(disk, "run"),
        ];
        ElboResult result;
        try
        {
            using var process = ElboProcess.StartProgram("unshare", workspace.Folder, command);
            result = process.Wait();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("unshare is not installed");
            throw;
        }

        Assert.SkipWhen(
            result.ExitCode is 99 || result.Errors.Contains("unshare", StringComparison.Ordinal),
            "this system does not allow unprivileged mounts");
        result.AssertFails(4, "disk is full");
    }

    [Fact]
    public void A_missing_native_library_is_reported_by_every_command_and_the_doctor_still_runs()
    {
        var program = CopyProgramWithoutTorch();
        foreach (var arguments in new string[][] { ["train", "vae"], ["sample", "vae"], ["resume", "vae"], ["evaluate", "vae"] })
            Run(arguments).AssertFails(4, "LibTorchSharp");

        var doctor = Run("doctor");
        Assert.Equal(4, doctor.ExitCode);
        Assert.Contains("LibTorchSharp", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("FAILS  native library", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("ok     data", doctor.Output, StringComparison.Ordinal);
        Assert.Equal("", doctor.Errors);
        Assert.Contains("\"ok\": false", Run("doctor", "--json").Output, StringComparison.Ordinal);

        Run("--help").AssertDone();
        Run("train", "--help").AssertDone();
        Run("data", "list").AssertDone();
        Run("runs", "show", "vae").AssertDone();
        Assert.Empty(Directory.GetDirectories(program, "cpu"));

        ElboResult Run(params string[] arguments)
        {
            using var process = ElboProcess.StartProgram(Path.Combine(program, ElboProcess.CommandName), workspace.Folder, arguments);
            return process.Wait();
        }
    }

    /// <summary>Copies the program without libtorch; large files are symbolic links.</summary>
    private string CopyProgramWithoutTorch()
    {
        var program = workspace.New();
        foreach (var file in Directory.EnumerateFiles(ElboProcess.ProgramFolder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(
                "TorchSharp.dll", StringComparison.Ordinal))
                continue;
            if (Path.GetFileName(file).Contains("LibTorchSharp", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(program, Path.GetRelativePath(ElboProcess.ProgramFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (new FileInfo(file).Length > MaxCopiedBytes)
                File.CreateSymbolicLink(target, file);
            else
                File.Copy(file, target);
        }

        return program;
    }
}
