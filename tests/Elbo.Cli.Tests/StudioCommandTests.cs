using System.Net;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkspace.Name)]
public partial class StudioCommandTests(TestWorkspace workspace)
{
    private const int Interrupt = 2;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_studio_prints_its_addresses_and_warns_only_if_other_machines_can_connect(bool allowsRemote)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "this signal does not exist on Windows");
        string[] option = allowsRemote ? ["--allow-remote"] : [];
        using var studio = ElboProcess.Start(workspace.Folder, ["studio", "--port", "0", .. option, workspace.Folder]);
        studio.WaitForError("Press Ctrl+C");
        studio.Signal(Interrupt);
        var result = studio.Wait();

        var address = Address().Match(result.Output);
        Assert.True(address.Success, result.Output);
        var remote = RemoteAddress().Matches(result.Output);
        Assert.Equal(allowsRemote && MachineHasAddress(), remote.Count > 0);
        Assert.All(remote, match => Assert.Contains(address.Groups[1].Value, match.Value, StringComparison.Ordinal));
        Assert.Equal(allowsRemote, result.Errors.Contains("Warning: other machines can connect", StringComparison.Ordinal));
        Assert.Equal(allowsRemote, result.Errors.Contains("unencrypted", StringComparison.Ordinal));
        Assert.DoesNotContain(address.Groups[1].Value, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named_in_one_sentence()
    {
        var result = ElboProcess.Run(workspace.Folder, "studio", "--port", "0", "--data", "no-such-data", workspace.Folder);
        Assert.Equal(ExitCodes.Data, result.ExitCode);
        Assert.Contains("The folder no-such-data does not exist", result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    // A machine may have no network at all.
    private static bool MachineHasAddress() =>
        Dns.GetHostAddresses("").Any(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal);

    [GeneratedRegex(@"^The studio is open at http://localhost:\d+/\?token=([A-Za-z0-9_-]{43})\r?\n(On other machines at \S+\r?\n)*$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^On other machines at (http://\S+)", RegexOptions.Multiline)]
    private static partial Regex RemoteAddress();
}
