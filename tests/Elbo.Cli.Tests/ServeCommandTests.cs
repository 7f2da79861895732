using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkspace.Name)]
public partial class ServeCommandTests(TestWorkspace workspace)
{
    private const int Interrupt = 2;

    [Fact]
    public async Task A_run_is_served_until_the_command_is_interrupted_and_libtorch_is_not_loaded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "this signal does not exist on Windows");
        using var server = ElboProcess.Start(workspace.Folder, ["serve", "digits=cvae", "--port", "0"]);
        server.WaitForError("Press Ctrl+C");
        var printed = Page().Match(server.OutputSoFar);
        Assert.True(printed.Success, server.OutputSoFar);
        using var client = new HttpClient { BaseAddress = new Uri(printed.Groups["address"].Value) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", printed.Groups["token"].Value);
        using var content = new StringContent("""{"labels": [2], "count": 3}""", new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync("v1/models/digits/sample", content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        if (OperatingSystem.IsLinux())
        {
            var mapped = await File.ReadAllTextAsync($"/proc/{server.Id}/maps", TestContext.Current.CancellationToken);
            Assert.Contains("Elbo.Inference", mapped);
            Assert.DoesNotContain("libtorch", mapped);
        }


        server.Signal(Interrupt);
        Assert.Equal(ExitCodes.Done, server.Wait().ExitCode);
    }

    [GeneratedRegex(
        @"^digits at (?<address>http://localhost:\d+/)v1/models\nTo try it: http://localhost:\d+/#token=(?<token>[A-Za-z0-9_-]{43})\n$")]
    private static partial Regex Page();
}

[Collection(AloneInProcess.Name)]
public class ServeRefusalTests(WorkspaceInProcess workspace)
{
    [Theory]
    [InlineData(ExitCodes.Data, "The folder no-such-run does not exist", "no-such-run")]
    [InlineData(ExitCodes.Data, "is neither a run nor an export", "data")]
    [InlineData(ExitCodes.Usage, "Two models are named 'cvae'", "cvae", "cvae=vae")]
    [InlineData(ExitCodes.Usage, "'a/b' cannot be the name of a model", "a/b=cvae")]
    [InlineData(ExitCodes.Usage, "--port is 70000", "cvae", "--port", "70000")]
    public void What_cannot_be_served_is_named_in_one_sentence(int exitCode, string sentence, params string[] arguments)
    {
        var result = workspace.Run(["serve", .. arguments]);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }
}
