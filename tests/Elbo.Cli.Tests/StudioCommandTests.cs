using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkspace.Name)]
public partial class StudioCommandTests(TestWorkspace workspace)
{
    private const int Interrupt = 2;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_studio_prints_its_address_and_warns_only_if_other_machines_can_connect(bool allowsRemote)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "this signal does not exist on Windows");
        string[] option = allowsRemote ? ["--allow-remote"] : [];
        using var studio = ElboProcess.Start(workspace.Folder, ["studio", "--port", "0", .. option, workspace.Folder]);
        studio.WaitForError("Press Ctrl+C");
        studio.Signal(Interrupt);
        var result = studio.Wait();

        var address = Address().Match(result.Output);
        Assert.True(address.Success, result.Output);
        Assert.Equal(allowsRemote, result.Errors.Contains("Warning: other machines can connect", StringComparison.Ordinal));
        Assert.Equal(allowsRemote, result.Errors.Contains("unencrypted", StringComparison.Ordinal));
        Assert.DoesNotContain(address.Groups[1].Value, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^The studio is open at http://localhost:\d+/\?token=([A-Za-z0-9_-]{43})\r?\n$")]
    private static partial Regex Address();
}
