using static Microsoft.Playwright.Assertions;

namespace Elbo.Story.Tests;

/// <summary>Every scene in the page as it opens from a disk.</summary>
public class SceneTests(TestBrowser browser, StoryFile file)
{
    /// <summary>Each scene twice, so that it is seen in both languages, both themes and both widths.</summary>
    public static TheoryData<int, string, string, int> Views
    {
        get
        {
            var views = new TheoryData<int, string, string, int>();
            for (var scene = 1; scene <= 9; scene++)
            {
                var (isDark, isNarrow) = (scene % 2 == 0, scene / 2 % 2 == 0);
                views.Add(scene, "en", isDark ? "dark" : "light", isNarrow ? 380 : 1280);
                views.Add(scene, "zh", isDark ? "light" : "dark", isNarrow ? 1280 : 380);
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_scene_shows_its_stage(int scene, string language, string theme, int width)
    {
        // Scene 6 has nothing to show before it has drawn.
        var state = scene == 6 ? "&draws=20" : "";
        await using var story = await OpenedStory.Open(browser, file, $"#scene={scene}{state}&lang={language}&theme={theme}", width);
        await story.WaitForStage(scene);
        await story.WaitForFrames();

        var root = story.Page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("lang", language == "zh" ? "zh-CN" : "en");
        await Expect(root).ToHaveAttributeAsync("data-theme", theme);
        var question = await story.Page.Locator("h1").InnerTextAsync();
        Assert.Equal(language == "zh", question.Any(letter => letter is >= '\u4e00' and <= '\u9fff'));
        Assert.InRange(await story.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"), int.MinValue, 0);
        story.AssertNoErrors();
    }

    [Theory]
    [InlineData("#scene=99&z=NaN", 1)]
    [InlineData("#scene=4&m=1e999,x", 4)]
    [InlineData("#scene=4&q=1e999,x,0,-1&digit=NaN&shown=yes", 4)]
    [InlineData("#scene=8&beta=NaN&digit=-1e999&lang=&theme=pink", 8)]
    [InlineData("#%%%&&==&scene=%FF", 1)]
    public async Task Nonsense_in_a_link_falls_back(string link, int scene)
    {
        await using var story = await OpenedStory.Open(browser, file, link);
        await story.WaitForStage(scene);
        await story.WaitForFrames();
        if (scene == 1)
            await Expect(story.Page.Locator(".keys [aria-pressed=true]")).ToHaveTextAsync("6");
        Assert.DoesNotContain("NaN", await story.Page.Locator("body > .story").InnerTextAsync());
        story.AssertNoErrors();
    }

    [Fact]
    public async Task Without_JavaScript_a_sentence_and_two_pictures_are_there()
    {
        await using var context = await browser.Open(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(file.Address);

        // A search by text leaves the element out.
        var (english, chinese) = (page.Locator("noscript > p[lang=en]").First, page.Locator("noscript > p[lang=zh]").First);
        await Expect(english).ToBeVisibleAsync();
        await Expect(chinese).ToBeVisibleAsync();
        Assert.StartsWith("This story moves only with JavaScript", await english.TextContentAsync());
        Assert.StartsWith("这个故事需要 JavaScript 才能动起来", await chinese.TextContentAsync());
        await Expect(page.Locator(".story")).ToHaveCountAsync(0);
        var pictures = await page.Locator("img").AllAsync();
        Assert.Equal(2, pictures.Count);
        foreach (var picture in pictures)
        {
            await Expect(picture).ToBeVisibleAsync();
            // A picture that cannot be read has the size of its text.
            var box = (await picture.BoundingBoxAsync())!;
            Assert.InRange(box.Width, 100, 1280);
            Assert.InRange(box.Height, 100, 2000);
        }
    }
}
