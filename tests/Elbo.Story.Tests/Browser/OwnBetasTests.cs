using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Story.Tests;

/// <summary>The scene of beta of a story of a user's own runs.</summary>
public class OwnBetasTests(TestBrowser browser, BetaRuns runs) : IClassFixture<BetaRuns>
{
    private static readonly string[] Betas = ["0.25", "2", "30"];

    private const string Pixels =
        """
        selector => {
            const { width, height } = document.querySelector(selector);
            return document.querySelector(selector).getContext('2d').getImageData(0, 0, width, height).data.join();
        }
        """;

    [Fact]
    public async Task Three_runs_make_a_scene_whose_slider_has_their_betas()
    {
        var page = StoryPage.OfRuns([.. runs.Three, runs.Other]);
        Assert.Contains(
            $"{runs.Other} is not among the betas of scene 8: training.epochs is 4 in {runs.Three[1]} and 1 in {runs.Other}.", page.Notes);
        Assert.Contains(8, page.Scenes);
        await using var story = await OpenedStory.Open(browser, runs.Write(page), "#scene=8&beta=0.001&lang=en");
        await story.WaitForStage(8);
        await Expect(story.Page.Locator(".stop-name")).ToHaveTextAsync(Betas);
        var members = JsonNode.Parse((await story.Compute("return (await pack('betas')).metadata.members;")).GetString()!)!.AsArray();
        var seen = new List<string[]>();
        foreach (var (index, beta) in Betas.Index())
        {
            if (index > 0)
                await story.Page.Locator(".slide input").PressAsync("ArrowRight");
            await Expect(story.Page.Locator(".beside h2")).ToContainTextAsync($"β = {beta}");
            await Expect(story.Page.Locator(".stops .chosen")).ToHaveTextAsync(beta);
            await story.WaitForFrames();
            var sentence = await story.Page.Locator(".regime").InnerTextAsync();
            // Formulas have spaces at which no line ends.
            Assert.Equal(SentenceOf(members[index]!), sentence.Replace('\u00a0', ' '));
            seen.Add([
                await story.Page.EvaluateAsync<string>(Pixels, ".scene-8 .plane canvas, canvas.plane"),
                await story.Page.EvaluateAsync<string>(Pixels, "canvas.rate-distortion"),
                await story.Page.Locator(".bar-value").First.InnerTextAsync(),
            ]);
        }

        // Plane, dot and bar are others at each.
        Assert.All(Enumerable.Range(0, 3), part => Assert.Equal(3, seen.Select(each => each[part]).Distinct().Count()));
        var text = await story.Page.Locator("body > .story").InnerTextAsync();
        Assert.Contains("Nats over 400 test images", text);
        Assert.DoesNotContain("NaN", text);

        // What this scene says is of these runs; what others say was found on the bundled models, and says so.
        var origin = story.Page.Locator("#insight").GetByText("With the models of Elbo’s own story:");
        await Expect(story.Page.Locator("#insight")).ToBeVisibleAsync();
        await Expect(origin).ToHaveCountAsync(0);
        Assert.Contains(5, page.Scenes);
        await story.Page.EvaluateAsync("location.hash = '#scene=5&lang=en'");
        await story.WaitForStage(5);
        await story.Page.Locator(".reveal").ClickAsync();
        await Expect(origin).ToBeVisibleAsync();
        story.AssertNoErrors();
    }

    [Fact]
    public void Runs_with_another_difference_make_no_scene_and_the_reason_is_one_sentence()
    {
        Assert.Contains(
            "Scene 8 is left out: it needs three or more runs with two latent dimensions that differ in beta alone, and training.epochs "
            + $"is 4 in {runs.Three[0]} and 1 in {runs.Other}.",
            StoryPage.OfRuns([.. runs.Three.Take(2), runs.Other]).Notes);
        var withoutData = Assert.Throws<InputException>(() => StoryPage.OfRuns(runs.Three, withData: false));
        Assert.Contains("Scene 8 is left out: it needs labelled images of the data.", withoutData.Message);
    }

    // What the texts say of its regime, with the numbers of its own.
    private static string SentenceOf(JsonNode member)
    {
        var texts = JsonNode.Parse(WebFiles.Read("web/texts/en.json"))!["scenes"]!.AsArray().Single(each => (int)each!["id"]! == 8)!;
        var text = (string)texts["sentences"]![$"regime-{member["regime"]}"]!["text"]!;
        return System.Text.RegularExpressions.Regex.Replace(text, @"\{(\w+)(?::([\d%]))?\}", match =>
        {
            var value = (double)member["values"]![match.Groups[1].Value]!;
            FormattableString written = match.Groups[2].Value switch
            {
                "" => $"{value}",
                "%" => $"{Math.Round(100 * value, value is < 0.05 or > 0.995 and < 1 ? 1 : 0, MidpointRounding.AwayFromZero)}%",
                var decimals => $"{value.ToString($"F{decimals}", System.Globalization.CultureInfo.InvariantCulture)}",
            };
            return FormattableString.Invariant(written);
        });
    }
}
