namespace Elbo.Tests;

public class StagedFolderTests
{
    [Fact]
    public void A_folder_appears_whole_or_not_at_all()
    {
        using var folders = new TemporaryFolder();
        using (var staged = StagedFolder.Create(folders["new"], "a run"))
        {
            File.WriteAllText(Path.Combine(staged.Path, "content"), "x");
            Assert.False(Directory.Exists(folders["new"]));
            Assert.Equal(folders["new"], staged.Publish("content", "a run"));
        }

        Assert.Equal("x", File.ReadAllText(folders["new", "content"]));
        using (StagedFolder.Create(folders["other"], "a run"))
            Assert.Equal(2, Directory.GetFileSystemEntries(folders.Path).Length);
        Assert.Equal(folders["new"], Assert.Single(Directory.GetFileSystemEntries(folders.Path)));
    }

    [Fact]
    public void Of_two_that_make_a_folder_at_once_one_gets_it()
    {
        using var folders = new TemporaryFolder();
        using var first = StagedFolder.Create(folders["run"], "a run");
        using var second = StagedFolder.Create(folders["run"], "a run");
        File.WriteAllText(Path.Combine(first.Path, "config.json"), "first");
        File.WriteAllText(Path.Combine(second.Path, "config.json"), "second");
        first.Publish("config.json", "a run");

        Assert.Throws<FolderTakenException>(() => second.Publish("config.json", "a run"));

        Assert.Equal("first", File.ReadAllText(folders["run", "config.json"]));
        Assert.Throws<FolderTakenException>(() => StagedFolder.Create(folders["run"], "a run"));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_unless_it_is_young_or_locked()
    {
        using var folders = new TemporaryFolder();
        string[] names = [.. Enumerable.Range(0, 3).Select(number => folders[$".run.{number:x32}.partial"])];
        foreach (var name in names.Append(folders[".run.partial"]))
            Directory.CreateDirectory(name);
        foreach (var old in new[] { names[0], names[1] })
        {
            File.WriteAllText(Path.Combine(old, "training.lock"), "");
            Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        }

        using (new RunDirectory(names[1]).Lock())
        {
            Directory.SetLastWriteTimeUtc(names[1], DateTime.UtcNow.AddHours(-1));
            using var staged = StagedFolder.Create(folders["run"], "a run");
        }

        Assert.Equal(
            [names[1], names[2], folders[".run.partial"]],
            Directory.GetDirectories(folders.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_nobody_else_locks_is_locked_until_it_has_its_name()
    {
        using var folders = new TemporaryFolder();
        using (var staged = StagedFolder.CreateLocked(folders["data"], "a dataset"))
        {
            Directory.SetLastWriteTimeUtc(staged.Path, DateTime.UtcNow.AddHours(-1));
            using (var second = StagedFolder.CreateLocked(folders["data"], "a dataset"))
                File.WriteAllText(Path.Combine(second.Path, "source.json"), "second");
            File.WriteAllText(Path.Combine(staged.Path, "source.json"), "first");
            staged.Publish("source.json", "a dataset");
        }

        Assert.Equal(folders["data"], Assert.Single(Directory.GetFileSystemEntries(folders.Path)));
        Assert.Equal(["source.json"], Directory.GetFileSystemEntries(folders["data"]).Select(Path.GetFileName));
    }

    [Fact]
    public void What_was_not_finished_leaves_no_parents_either()
    {
        using var folders = new TemporaryFolder();
        using (var staged = StagedFolder.Create(folders["new", "deep", "run"], "a run"))
            File.WriteAllText(Path.Combine(staged.Path, "content"), "x");
        Assert.Empty(Directory.GetFileSystemEntries(folders.Path));
        using (var staged = StagedFolder.Create(folders["new", "deep", "run"], "a run"))
            staged.Publish("content", "a run");
        Assert.True(Directory.Exists(folders["new", "deep", "run"]));
    }

    [Fact]
    public void An_empty_folder_that_is_given_becomes_the_new_one()
    {
        using var folders = new TemporaryFolder();
        Directory.CreateDirectory(folders["target"]);
        Directory.CreateDirectory(folders["empty"]);
        if (!OperatingSystem.IsWindows())
            Directory.CreateSymbolicLink(folders["link"], folders["target"]);
        foreach (var name in OperatingSystem.IsWindows() ? ["empty"] : new[] { "empty", "link" })
        {
            using var staged = StagedFolder.Create(folders[name], "a run");
            File.WriteAllText(Path.Combine(staged.Path, "config.json"), name);
            staged.Publish("config.json", "a run");
            Assert.Equal(name, File.ReadAllText(folders[name, "config.json"]));
        }
    }
}
