using System.Diagnostics;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkplace.Name)]
public class FailureTests(Workplace workplace)
{
    private const long CopiedAtMost = 60 << 20;

    [Fact]
    public void A_failure_that_nobody_foresaw_is_one_sentence_with_exit_code_1()
    {
        var run = workplace.CopyOf("vae");
        File.Delete(Path.Combine(run, "timings.csv"));
        Directory.CreateDirectory(Path.Combine(run, "timings.csv"));
        workplace.Run("resume", run, "--epochs", "3").AssertFails(1, "timings.csv", "ELBO_DEBUG");
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_with_exit_code_5_and_leaves_the_checkpoints()
    {
        var run = workplace.CopyOf("vae");
        var configuration = Path.Combine(run, "config.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(
            "\"learningRate\": 0.001", "\"learningRate\": 1e30", StringComparison.Ordinal));
        string[] checkpoints = [Path.Combine(run, "checkpoints", "last.safetensors"), Path.Combine(run, "checkpoints", "best.safetensors")];
        var before = checkpoints.Select(File.ReadAllBytes).ToArray();

        workplace.Run("resume", run, "--epochs", "4").AssertFails(5, "step", "finite");

        Assert.Equal(before, checkpoints.Select(File.ReadAllBytes));
        var diagnostic = Path.Combine(run, "checkpoints", "diagnostic.safetensors");
        Assert.True(File.Exists(diagnostic));
        File.Copy(diagnostic, checkpoints[0], overwrite: true);
        workplace.Run("resume", run, "--epochs", "4").AssertFails(3, "finite");
    }

    [Fact]
    public void A_new_training_whose_loss_is_not_finite_ends_with_exit_code_5()
    {
        var run = workplace.New();
        workplace.Run(["train", "vae", .. Workplace.Small, "--learning-rate", "1e30", "--out", run])
            .AssertFails(5, "finite", "diagnostic.safetensors");
        workplace.Run("runs", "show", run).AssertDone();
    }

    [Fact]
    public void A_disk_that_is_full_ends_with_exit_code_4()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a small file system of its own");
        var disk = Directory.CreateDirectory(workplace.New()).FullName;
        // In a namespace of its own, so that the mount needs no privilege and goes away with the process.
        const string script = "mount -t tmpfs -o size=200k none \"$1\" || exit 99; shift; exec \"$@\"";
        string[] command =
        [
            "-r", "-m", "sh", "-c", script, "sh", disk, Path.Combine(ElboProcess.ProgramFolder, ElboProcess.CommandName),
            "train", "vae", .. Workplace.Small, "--set", "model.network.hidden=400", "--out", Path.Combine(disk, "run"),
        ];
        ElboResult result;
        try
        {
            using var process = ElboProcess.StartProgram("unshare", workplace.Folder, command);
            result = process.Wait();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("unshare is not installed");
            throw;
        }

        Assert.SkipWhen(
            result.ExitCode is 99 || result.Errors.Contains("unshare", StringComparison.Ordinal),
            "this system lets nobody mount a file system");
        result.AssertFails(4, "no room left on the disk");
    }

    [Fact]
    public void Without_the_native_library_every_verb_says_so_and_the_doctor_does_not_fall_over()
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
            using var process = ElboProcess.StartProgram(Path.Combine(program, ElboProcess.CommandName), workplace.Folder, arguments);
            return process.Wait();
        }
    }

    /// <summary>The files of the program, less what is of libtorch; what is large is linked to.</summary>
    private string CopyProgramWithoutTorch()
    {
        var program = workplace.New();
        foreach (var file in Directory.EnumerateFiles(ElboProcess.ProgramFolder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(
                "TorchSharp.dll", StringComparison.Ordinal))
                continue;
            if (Path.GetFileName(file).Contains("LibTorchSharp", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(program, Path.GetRelativePath(ElboProcess.ProgramFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (new FileInfo(file).Length > CopiedAtMost)
                File.CreateSymbolicLink(target, file);
            else
                File.Copy(file, target);
        }

        return program;
    }
}
