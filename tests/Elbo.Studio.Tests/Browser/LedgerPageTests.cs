using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

public class LedgerPageTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    /// <summary>The maximum error of rounding to two decimals.</summary>
    private const double RoundingError = 0.0051;

    private ILocator Sum => Page.Locator("#ledger-sum");

    private ILocator Image => Page.GetByAltText(Strings["Ledger.Picture"]);

    private ILocator Decoded => Page.GetByAltText(Strings["Ledger.Decode"]);

    [Fact]
    public async Task For_a_digit_drawn_with_the_mouse_the_terms_add_up_to_the_printed_bound()
    {
        await Open("ledger");
        var (before, sum) = (await Source(Image), await Sum.InnerTextAsync());
        await DrawSeven();
        var drawn = DecodedPng.Read(await WaitForChange(Image, "src", before));
        await Expect(Sum).Not.ToHaveTextAsync(sum);
        await Expect(Page).ToHaveURLAsync(new Regex(@"drawing=[\w-]{200,}"));
        Assert.InRange(drawn.Grey.Count(grey => grey > 200) / (double)drawn.Grey.Length, 0.04, 0.3);
        await AssertTermsAddUp();
    }

    [Fact]
    public async Task A_drawing_is_restored_from_the_URL()
    {
        await Open("ledger");
        var before = await Source(Image);
        await DrawSeven();
        var drawn = await WaitForChange(Image, "src", before);
        await Expect(Page).ToHaveURLAsync(new Regex("drawing="));
        var sum = await Sum.InnerTextAsync();

        var other = await SignIn(await NewContext());
        await Open(other, Page.Url);
        Assert.Equal(drawn, await Source(other.GetByAltText(Strings["Ledger.Picture"])));
        Assert.Equal(sum, await other.Locator("#ledger-sum").InnerTextAsync());
    }

    [Fact]
    public async Task Sampling_again_changes_the_reconstruction_term_but_not_the_KL_term()
    {
        await Open("ledger?picture=5");
        await AssertTermsAddUp();
        var (picture, decoded, sum) = (await Source(Image), await Source(Decoded), Numbers(await Sum.InnerTextAsync()));
        var (before, klText) = (await Table(), await Page.Locator(".kl-text").InnerTextAsync());

        await Button(Strings["Ledger.DrawAgain"]).ClickAsync();
        await WaitForChange(Decoded, "src", decoded);
        await AssertTermsAddUp();
        var (after, again) = (await Table(), Numbers(await Sum.InnerTextAsync()));
        Assert.NotEqual(sum[0], again[0]);
        Assert.Equal(sum[1], again[1]);
        Assert.Equal(klText, await Page.Locator(".kl-text").InnerTextAsync());
        Assert.Equal(picture, await Source(Image));
        Assert.Equal(before.Select(row => (row[0], row[1], row[4])), after.Select(row => (row[0], row[1], row[4])));
        Assert.NotEqual(before.Select(row => row[2]), after.Select(row => row[2]));
    }

    [Fact]
    public async Task The_code_is_the_mean_plus_sigma_times_the_noise()
    {
        await Open("ledger?picture=11");
        var rows = await Table();
        Assert.Equal(10, rows.Count);
        // Three numbers rounded to two decimals, two of which are multiplied.
        Assert.All(rows, row => Assert.Equal(row[0] + row[1] * row[2], row[3], 0.03));
    }

    [Fact]
    public async Task Another_model_can_be_chosen_with_the_keyboard_only()
    {
        await Open("ledger");
        var rows = await Table();
        await Page.GetByLabel(Strings["Common.Model"]).First.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Page).ToHaveURLAsync(new Regex("model=reconstruction-only"));
        await Expect(Page.Locator(".code-table tbody tr")).ToHaveCountAsync(2);
        Assert.Equal(10, rows.Count);
        // An autoencoder has no KL term and therefore no bound.
        await Expect(Sum).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Training_steps_move_the_codes_and_lower_the_trained_term()
    {
        await Open("ledger");
        var position = Page.Locator("section[aria-labelledby=training-steps] figcaption");
        await Expect(position).ToContainTextAsync("step 0");
        var start = Numbers(await position.InnerTextAsync());
        await Expect(Page.Locator(".plane .moved")).ToHaveCountAsync(0);

        await Page.Locator("#steps").FillAsync("5");
        await Button(Strings["Ledger.Training.Both"]).ClickAsync();
        await Expect(position).ToContainTextAsync("step 5:");
        await Expect(Page.Locator(".plane .moved")).ToHaveCountAsync(200);
        Assert.True(Numbers(await position.InnerTextAsync())[1] < start[1], "Five steps did not lower the reconstruction term.");

        await Button(Strings["Ledger.Training.Reset"]).ClickAsync();
        await Expect(position).ToContainTextAsync("step 0");
        Assert.Equal(start, Numbers(await position.InnerTextAsync()));
    }

    private async Task DrawSeven()
    {
        // The canvas accepts no strokes before its script has loaded.
        await Expect(Page.Locator("canvas")).Not.ToHaveAttributeAsync("aria-busy", "true");
        var box = (await Page.Locator("canvas").BoundingBoxAsync())!;
        (float X, float Y)[] seven = [(0.25f, 0.25f), (0.75f, 0.25f), (0.45f, 0.85f)];
        await Page.Mouse.MoveAsync(box.X + seven[0].X * box.Width, box.Y + seven[0].Y * box.Height);
        await Page.Mouse.DownAsync();
        foreach (var (x, y) in seven[1..])
            await Page.Mouse.MoveAsync(box.X + x * box.Width, box.Y + y * box.Height, new() { Steps = 8 });
        await Page.Mouse.UpAsync();
    }

    /// <summary>Checks that all numbers on the page that belong to the sum are consistent.</summary>
    private async Task AssertTermsAddUp()
    {
        var (reconstruction, kl, bound) = Numbers(await Sum.InnerTextAsync()) is [var first, var second, var third, ..]
            ? (first, second, third)
            : default;
        Assert.True(reconstruction > 0 && kl > 0, await Sum.InnerTextAsync());
        Assert.Equal(reconstruction + kl, bound, 3 * RoundingError);
        Assert.Equal(reconstruction, Numbers(await Page.Locator(".reconstruction-text").InnerTextAsync())[0]);
        Assert.Equal(kl, Numbers(await Page.Locator(".kl-text").InnerTextAsync())[0]);
        var rows = await Table();
        Assert.Equal(kl, rows.Sum(row => row[4]), (rows.Count + 1) * RoundingError);
        // The closed form of the KL, from the printed mu and sigma.
        Assert.All(rows, row => Assert.Equal(
            0.5 * (row[0] * row[0] + row[1] * row[1] - 1 - 2 * Math.Log(Math.Max(row[1], 0.005))),
            row[4],
            0.03 + 0.02 / Math.Max(row[1], 0.01)));
    }

    /// <summary>mu, sigma, epsilon, z and KL of each dimension.</summary>
    private async Task<List<double[]>> Table()
    {
        var rows = new List<double[]>();
        foreach (var row in await Page.Locator(".code-table tbody tr").AllAsync())
        {
            var texts = await row.Locator("td:not(.bar)").AllInnerTextsAsync();
            rows.Add([.. texts.Select(text => double.TryParse(text, out var value) ? value : double.NaN)]);
        }

        return rows;
    }
}
