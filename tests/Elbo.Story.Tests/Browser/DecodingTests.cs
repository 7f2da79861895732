namespace Elbo.Story.Tests;

/// <summary>The networks of the page against those of the program, on the same quantised weights.</summary>
public class DecodingTests(TestBrowser browser, StoryFile file)
{
    [Theory]
    [InlineData("plane", null)]
    [InlineData("vae", null)]
    [InlineData("cvae", 6)]
    public async Task The_page_decodes_to_the_same_grey_levels(string id, int? label)
    {
        var model = BundledStory.Models[id];
        double[][] codes = [.. Enumerable.Range(0, 12).Select(n => CodeOf(n, model.LatentSize))];
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var pages = await story.Compute(
            $$"""
            const { createModel } = await module('engine/model.js');
            const model = createModel(await pack('model-{{id}}'));
            return {{System.Text.Json.JsonSerializer.Serialize(codes)}}
                .map(z => Array.from(model.decode(z, {{label?.ToString() ?? "undefined"}}), value => Math.round(255 * value)));
            """);

        double[] features = label is { } one ? [.. Enumerable.Range(0, 10).Select(digit => digit == one ? 1d : 0)] : [];
        foreach (var (n, picture) in pages.EnumerateArray().Index())
        {
            int[] inPage = [.. picture.EnumerateArray().Select(value => value.GetInt32())];
            int[] here = [.. model.Decoder.Run([.. codes[n], .. features]).Select(logit => (int)Math.Round(255 / (1 + Math.Exp(-logit))))];
            Assert.Equal(784, inPage.Length);
            Assert.InRange(here.Max() - here.Min(), 100, 255);
            Assert.InRange(inPage.Zip(here, (first, second) => Math.Abs(first - second)).Max(), 0, 1);
        }

        story.AssertNoErrors();
    }

    // Spread over the prior: multiples of irrational steps, between -2 and 2. Exact in single precision, as the page holds them.
    private static double[] CodeOf(int n, int latent) =>
        [.. Enumerable.Range(1, latent).Select(i => (double)(float)(4 * ((n * Math.Sqrt(i + 1) + i * 0.37) % 1) - 2))];
}
