using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Story.Tests;

/// <summary>Scene 5 where it shows a recording.</summary>
public class RecordedTrainingTests(TestBrowser browser, StoryFile file)
{
    // What the worker has measured becomes that of a slow device.
    private const string SlowDevice =
        """
        const Original = Worker;
        globalThis.Worker = class extends Original {
            set onmessage(handler) {
                super.onmessage = event => handler({ data: event.data.pace ? { ...event.data, pace: 12 } : event.data });
            }
        };
        """;

    [Theory]
    [InlineData("en", "slower than 20 steps a second")]
    [InlineData("zh", "每秒训练不到 20 步")]
    public async Task A_link_can_ask_for_the_recording(string language, string sentence)
    {
        await using var story = await OpenedStory.Open(browser, file, $"#scene=5&training=recorded&lang={language}");
        await story.WaitForStage(5);
        await Expect(Note(story)).ToContainTextAsync(sentence);
        Assert.Equal(0, await Steps(story));

        var seen = new List<int>();
        for (var n = 0; n < 3; n++)
        {
            await story.Page.Locator(".controls .button").Nth(1).ClickAsync();
            seen.Add(await Steps(story));
        }

        Assert.Equal([1, 2, 4], seen);
        await Expect(story.Page.Locator("#insight")).ToBeVisibleAsync();
        // At the start of the training the reconstruction is that of pixels that are half white: 784 ln 2 = 543 nats.
        var terms = await story.Page.Locator(".pull-reconstruction .terms").InnerTextAsync();
        Assert.InRange(double.Parse(terms.Split(' ')[0], CultureInfo.InvariantCulture), 450, 600);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task It_plays_to_its_end_at_any_speed_and_begins_again()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=5&training=recorded&speed=slow");
        var (play, speed) = (story.Page.Locator(".play"), story.Page.Locator(".controls select"));
        await play.ClickAsync();
        await Expect(play).ToHaveTextAsync("Pause");
        await Expect(Count(story)).Not.ToHaveTextAsync("step 0");
        await speed.SelectOptionAsync("full");
        await Expect(Count(story)).ToHaveTextAsync("step 2200", new() { Timeout = 60_000 });
        await Expect(play).ToHaveTextAsync("Play");
        // Codes of the reconstruction alone lie far apart by then, and the frame with them.
        await Expect(story.Page.Locator(".pull-kl .edge")).ToHaveTextAsync("↔ 6.4");
        Assert.InRange(await Edge(story, "reconstruction"), await Edge(story, "both") + 1, 500);

        await story.Page.Locator(".controls .button").Nth(2).ClickAsync();
        await Expect(Count(story)).ToHaveTextAsync("step 0");
        await play.ClickAsync();
        await Expect(Count(story)).Not.ToHaveTextAsync("step 0");
        await play.ClickAsync();
        await Expect(play).ToHaveTextAsync("Play");
        story.AssertNoErrors();
    }

    [Fact]
    public async Task A_slow_device_goes_on_with_the_recording_where_its_training_was()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=5&speed=full", script: SlowDevice);
        await story.WaitForStage(5);
        await Expect(Note(story)).ToBeEmptyAsync();
        await story.Page.Locator(".play").ClickAsync();
        await Expect(Note(story)).ToContainTextAsync("recording");
        await Expect(story.Page.Locator(".play")).ToHaveTextAsync("Pause");
        // Twelve steps are timed; what follows is of the recording.
        await Expect(Count(story)).ToHaveTextAsync(new Regex(@"^step (1[3-9]|[2-9]\d|\d{3,})$"));
        await story.Page.Locator(".play").ClickAsync();
        Assert.InRange(await Steps(story), 13, 2200);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task A_link_can_ask_for_the_training_itself()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=5&training=live&speed=full", script: SlowDevice);
        await story.Page.Locator(".play").ClickAsync();
        // No step of the recording.
        await Expect(Count(story)).ToHaveTextAsync(new Regex(@"^step (1[4-9]|[2-9]\d|\d{3,})$"));
        await story.WaitForFrames();
        await Expect(Note(story)).ToBeEmptyAsync();
        story.AssertNoErrors();
    }

    [Theory]
    [InlineData("training=tape")]
    [InlineData("training=%00&speed=99")]
    public async Task Nonsense_is_no_recording(string state)
    {
        await using var story = await OpenedStory.Open(browser, file, $"#scene=5&{state}");
        await story.WaitForStage(5);
        await Expect(Note(story)).ToBeEmptyAsync();
        await Expect(Count(story)).ToHaveTextAsync("step 0");
        story.AssertNoErrors();
    }

    private static ILocator Note(OpenedStory story) => story.Page.Locator(".recorded");

    private static ILocator Count(OpenedStory story) => story.Page.Locator(".count");

    private static async Task<int> Steps(OpenedStory story) =>
        int.Parse(Regex.Match(await Count(story).InnerTextAsync(), @"\d+").Value, CultureInfo.InvariantCulture);

    private static async Task<double> Edge(OpenedStory story, string world) => double.Parse(
        (await story.Page.Locator($".pull-{world} .edge").InnerTextAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
}
