using static Microsoft.Playwright.Assertions;

namespace Elbo.Story.Tests;

/// <summary>Every scene under axe-core, with its insight and its formula open.</summary>
public class AccessibilityTests(TestBrowser browser, StoryFile file)
{
    [Theory]
    [InlineData("en", "light", 1280)]
    [InlineData("en", "dark", 380)]
    [InlineData("zh", "light", 380)]
    [InlineData("zh", "dark", 1280)]
    public async Task No_scene_has_a_serious_violation(string language, string theme, int width)
    {
        await using var story = await OpenedStory.Open(browser, file, Link("1"), width);
        var found = new List<string>();
        for (var scene = 1; scene <= 9; scene++)
        {
            // Scene 6 has nothing to show before it has drawn.
            await GoTo(Link(scene == 6 ? "6&draws=20" : $"{scene}"));
            await story.WaitForStage(scene);
            await story.Page.EvaluateAsync(
                """
                () => {
                    document.querySelector('.reveal').click();
                    document.querySelectorAll('details').forEach(details => { details.open = true; });
                }
                """);
            await Expect(story.Page.Locator("#insight")).ToBeVisibleAsync();
            found.AddRange((await story.Page.SeriousViolations()).Select(violation => $"scene {scene}: {violation}"));
        }

        await GoTo(Link("end"));
        await Expect(story.Page.Locator(".ending")).ToBeVisibleAsync();
        found.AddRange((await story.Page.SeriousViolations()).Select(violation => $"the end: {violation}"));
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        await Expect(story.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        story.AssertNoErrors();

        string Link(string scene) => $"#scene={scene}&lang={language}&theme={theme}";

        Task GoTo(string link) => story.Page.EvaluateAsync("link => { location.hash = link; }", link);
    }

    [Fact]
    public async Task Pale_text_and_a_picture_without_a_name_are_found()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=2&lang=en&theme=light");
        await story.WaitForStage(2);
        Assert.Empty(await story.Page.SeriousViolations());
        await story.Page.EvaluateAsync(
            """
            () => document.querySelector('main').insertAdjacentHTML(
                'beforeend', '<p id="pale" style="color: #999; background: #fff">pale</p><canvas id="nameless" role="img"></canvas>')
            """);
        var found = await story.Page.SeriousViolations();
        Assert.Equal(2, found.Count);
        Assert.Contains(found, violation => violation.StartsWith("serious color-contrast", StringComparison.Ordinal));
        Assert.Contains(found, violation => violation.StartsWith("serious role-img-alt", StringComparison.Ordinal));
    }
}
