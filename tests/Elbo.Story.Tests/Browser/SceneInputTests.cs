using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Story.Tests;

/// <summary>What the reader's hand and keys do.</summary>
public class SceneInputTests(TestBrowser browser, StoryFile file)
{
    private const string Controls = "a[href], button, input, select, textarea, summary, [tabindex]";

    [Fact]
    public async Task The_keys_0_to_9_act_in_scene_1_wherever_the_focus_is()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        await story.WaitForStage(1);
        var chosen = story.Page.Locator(".keys [aria-pressed=true]");
        await Expect(chosen).ToHaveTextAsync("6");
        await story.Page.Keyboard.PressAsync("7");
        await Expect(chosen).ToHaveTextAsync("7");

        var count = await story.Page.Locator(Controls).CountAsync();
        Assert.InRange(count, 15, 100);
        for (var i = 0; i < count; i++)
        {
            // What is hidden cannot have the focus; the key is then pressed where it was.
            await story.Page.EvaluateAsync($"index => document.querySelectorAll('{Controls}')[index].focus()", i);
            await story.Page.Keyboard.PressAsync($"{i % 10}");
            await Expect(chosen).ToHaveTextAsync($"{i % 10}");
        }

        await Expect(story.Page.Locator("#insight")).ToBeVisibleAsync();
        story.AssertNoErrors();
    }

    // The numbers of the bar are drawn on a canvas.
    private const string RecordEvidence =
        """
        globalThis.evidenceTexts = [];
        const fillText = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            if (String(text).startsWith('log p(x)'))
                globalThis.evidenceTexts.push(text);
            return fillText.call(this, text, ...rest);
        };
        """;

    [Fact]
    public async Task A_move_over_the_plane_changes_the_bound_and_never_log_p()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=4&shown=1", script: RecordEvidence);
        var page = story.Page;
        // The best ellipse comes with the final quadrature.
        await Expect(page.Locator("table.answers tbody tr")).ToHaveCountAsync(3);
        await story.WaitForFrames();
        await page.EvaluateAsync("() => { globalThis.evidenceTexts.length = 0; }");

        var plane = page.Locator(".ellipse-plane.main");
        await plane.ScrollIntoViewIfNeededAsync();
        var box = (await plane.BoundingBoxAsync())!;
        var bounds = new List<double>();
        var sums = new List<double>();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + box.Height * 0.5f);
        await page.Mouse.DownAsync();
        foreach (var share in new[] { 0.45f, 0.55f, 0.65f, 0.75f, 0.85f })
        {
            await page.Mouse.MoveAsync(box.X + box.Width * share, box.Y + box.Height * (1 - share));
            await story.WaitForFrames();
            var cells = await page.Locator("table.answers tbody tr").First.Locator("td").AllInnerTextsAsync();
            var (bound, gap) = (Number(cells[2]), Number(cells[3]));
            bounds.Add(bound);
            sums.Add(bound + gap);
        }

        await page.Mouse.UpAsync();
        var texts = await page.EvaluateAsync<string[]>("() => globalThis.evidenceTexts");
        Assert.InRange(texts.Length, 5, 1000);
        var evidence = Number(Assert.Single(texts.Distinct()).Split(' ')[3]);
        Assert.Equal(5, bounds.Distinct().Count());
        Assert.All(bounds, bound => Assert.InRange(bound, double.MinValue, evidence));
        // All three are rounded to two decimals.
        Assert.All(sums, sum => Assert.Equal(evidence, sum, 0.016));
        story.AssertNoErrors();
    }

    private static double Number(string text) => double.Parse(text.Replace('\u2212', '-'), CultureInfo.InvariantCulture);
}
