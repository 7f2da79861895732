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

    private ElboResult Shell(string command, string before = "")
    {
        var program = Path.Combine(ElboProcess.ProgramFolder, ElboProcess.CommandName);
        using var process = ElboProcess.StartProgram("/bin/sh", workspace.Folder, "-c", $"{before}'{program}' {command}");
        return process.Wait();
    }
}
