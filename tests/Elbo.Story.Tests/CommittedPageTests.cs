namespace Elbo.Story.Tests;

public class CommittedPageTests
{
    // Written by: elbo story --out docs/story/index.html
    [Fact]
    public void The_committed_page_is_what_is_built_and_has_all_nine_scenes()
    {
        var page = StoryPage.Bundled();
        Assert.Equal(Enumerable.Range(1, 9), page.Scenes);
        Assert.True(
            page.Html.Span.SequenceEqual(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "docs", "story", "index.html"))),
            "docs/story/index.html is not what is built: delete it and write it again with elbo story --out docs/story/index.html.");
    }
}
