namespace Elbo.Tests;

public sealed class PartialFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Leftovers_of_the_same_place_are_removed_and_nothing_else()
    {
        string[] others =
        [
            "other.0123456789abcdef0123456789abcdef.partial", "data.partial", "data.x.partial", "data.0123456789abcdef0123456789abcdef",
        ];
        foreach (var name in others.Append("data.0123456789abcdef0123456789abcdef.partial"))
        {
            Directory.CreateDirectory(_folder[name]);
            File.WriteAllText(_folder[name, "file"], "x");
        }

        using (var running = new PartialFolder(_folder["data"]))
        using (var second = new PartialFolder(_folder["data"] + Path.DirectorySeparatorChar))
        {
            // The one that another import is filling stays.
            Assert.True(Directory.Exists(running.Path));
            File.WriteAllText(Path.Combine(second.Path, "done"), "");
            second.Complete();
            Assert.Throws<IOException>(running.Complete);
        }

        Assert.Equal(others.Append("data").Order(), Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(["done"], Directory.GetFileSystemEntries(_folder["data"]).Select(Path.GetFileName));
    }
}
