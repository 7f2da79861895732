using System.Text.Json;

namespace Elbo.Cli.Tests;

/// <summary>Streams that are closed, full or few end no training and abort nothing.</summary>
[Collection(SharedWorkspace.Name)]
public class StreamTests(TestWorkspace workspace)
{
    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("2>&1 | head -c 20")]
    [InlineData("2>&- | true")]
    public void A_training_goes_on_without_anybody_to_tell(string streams)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell's redirections and /dev/full are those of Linux.");
        var run = workspace.New();

        Shell($"train ae {string.Join(' ', TestWorkspace.Small)} --epochs 2 --out {run} {streams}");

        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement;
        Assert.Equal("finished", record.GetProperty("state").GetString());
        Assert.Equal(0, RunDirectory.Open(run).ReadMetrics().Count(row => row.Epoch > 2));
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_exit_code_4_and_an_error_that_cannot_be_told_keeps_its_code()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell's redirections and /dev/full are those of Linux.");

        Assert.Equal(4, Shell($"runs list {workspace.Folder} >/dev/full").ExitCode);
        Assert.Equal(3, Shell("runs list nowhere 2>&-").ExitCode);
        Assert.Equal(3, Shell("runs list nowhere >&- 2>&-").ExitCode);
        Assert.Equal(3, Shell("runs list nowhere 2>/dev/full").ExitCode);
    }

    [Fact]
    public void Few_open_files_are_one_sentence_and_no_abort()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit is the shell's of Linux.");
        var run = workspace.New();

        var result = Shell($"train ae {string.Join(' ', TestWorkspace.Small)} --epochs 1 --out {run}", before: "ulimit -n 64; ");

        Assert.True(result.ExitCode is 0 or 4, $"exit code {result.ExitCode}: {result.Errors}");
        if (result.ExitCode == 4)
            Assert.Contains("ulimit -n", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(3_000_000)]
    [InlineData(3_500_000)]
    public void A_limited_address_space_is_one_sentence_and_no_abort(int kibibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit is the shell's of Linux.");

        var result = Shell(
            $"train ae {string.Join(' ', TestWorkspace.Small)} --epochs 1 --out {workspace.New()}", before: $"ulimit -v {kibibytes}; ");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("ulimit -v", Assert.Single(result.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_of_the_address_space_is_compared_with_what_libtorch_needs()
    {
        const string max = "Max address space         3072000000           unlimited            bytes";
        const string noMax = "Max address space         unlimited            unlimited            bytes";
        Assert.Null(AddressSpace.Explain([noMax], ["VmSize:\t 9 kB"]));
        Assert.Null(AddressSpace.Explain([max], ["VmPeak:\t 2900000 kB", "VmSize:\t 2000000 kB"]));
        Assert.Contains("2929 MiB, leaves 393", AddressSpace.Explain([max], ["VmSize:\t 2597484 kB"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_can_only_be_read_can_be_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Permissions are those of Linux.");
        var run = workspace.CopyOf("cvae");
        // The administrator may write anywhere unless that is given up.
        var before = Environment.UserName == "root" ? "setpriv --securebits +noroot --bounding-set -all --inh-caps -all " : "";
        Shell("", before: $"chmod -R a-w {run}; true ").AssertDone();
        var record = File.ReadAllText(Path.Combine(run, "run.json"));
        var (codes, scores, pairs, path) = (workspace.New(".npy"), workspace.New(".csv"), workspace.New(".png"), workspace.New(".png"));
        foreach (var command in new[]
        {
            $"evaluate {run}", $"encode {run} --out {codes}", $"score {run} --out {scores}", $"reconstruct {run} --out {pairs}",
            $"interpolate {run} --from 0 --to 1 --out {path}",
        })
        {
            var result = Shell(command, before);
            Assert.True(result.ExitCode == 0, result.Errors);
            Assert.Contains("does not count this read", result.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(record, File.ReadAllText(Path.Combine(run, "run.json")));
        Shell($"resume {run} --epochs 9", before).AssertFails(4, run);
        Shell("", before: $"chmod -R u+w {run}; true ").AssertDone();
    }

    private ElboResult Shell(string command, string before = "")
    {
        var program = Path.Combine(ElboProcess.ProgramFolder, ElboProcess.CommandName);
        using var process = ElboProcess.StartProgram("/bin/sh", workspace.Folder, "-c", $"{before}'{program}' {command}");
        return process.Wait();
    }
}
