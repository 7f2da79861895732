namespace Elbo.Tests;

public class RecordLockTests
{
    [Fact]
    public async Task Of_changes_at_the_same_time_none_is_lost()
    {
        using var folders = new TemporaryFolder();
        var folder = RunCopies.To(folders["run"]).Folder;
        var before = RunDirectory.Open(folder).ReadRecord().TestReads;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var read = 0; read < 25; read++)
                RunDirectory.Open(folder).CountTestRead();
        })));

        Assert.Equal(before + 100, RunDirectory.Open(folder).ReadRecord().TestReads);
    }

    [Fact]
    public void A_record_that_was_changed_by_hand_says_so_and_one_without_a_checksum_is_read()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var text = File.ReadAllText(directory.RecordPath);
        File.WriteAllText(directory.RecordPath, text.Replace("\"testReads\": 1", "\"testReads\": 0", StringComparison.Ordinal));

        var refused = Assert.Throws<InputException>(directory.ReadRecord);

        Assert.Contains("does not match its checksum", refused.Message, StringComparison.Ordinal);
        File.WriteAllText(directory.RecordPath, text[..text.LastIndexOf(",\n  \"checksum\"", StringComparison.Ordinal)] + "\n}\n");
        Assert.Equal(1, directory.ReadRecord().TestReads);
        File.WriteAllText(directory.RecordPath, text.ReplaceLineEndings("\r\n"));
        Assert.Equal(1, directory.ReadRecord().TestReads);
    }
}
