namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class StoryCommandTests(WorkspaceInProcess workspace)
{
    [Fact]
    public void The_bundled_story_is_one_file_that_is_never_overwritten()
    {
        var path = workspace.New(".html");
        var result = workspace.Run("story", "--out", path).AssertDone();
        Assert.Contains("of 4000 kB", result.Output, StringComparison.Ordinal);
        var html = File.ReadAllText(path);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);

        workspace.Run("story", "--out", path).AssertFails(2, "already exists");
        Assert.Equal(html, File.ReadAllText(path));
    }

    [Fact]
    public void Without_data_no_pictures_of_it_are_in_the_file()
    {
        var path = workspace.New(".html");
        var result = workspace.Run("story", "--no-data", "--out", path).AssertDone();
        Assert.Contains("digits 0 of", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Pictures of the data", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("data-pack=\"digits\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_no_scene_can_show_are_refused_with_the_reason()
    {
        var path = workspace.New(".html");
        workspace.Run("story", "vae", "--out", path).AssertFails(3, "No scene of the story", "8x8", "28x28");
        workspace.Run("story", "none", "--out", path).AssertFails(3, "none is not a run");
        Assert.False(File.Exists(path));
    }
}
