using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

public class WorldsPageTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    private ILocator Beta => Page.GetByRole(AriaRole.Slider);

    private ILocator BetaText => Page.Locator("label[for=beta] strong");

    [Fact]
    public async Task The_bar_of_the_KL_shrinks_as_beta_grows()
    {
        await Open("worlds?beta=0.1");
        var terms = new List<(double Reconstruction, double Kl, float Bar)>();
        await Beta.FocusAsync();
        for (var stop = 0; stop < 6; stop++)
        {
            if (stop > 0)
            {
                var before = await BetaText.InnerTextAsync();
                await Page.Keyboard.PressAsync("ArrowRight");
                await Expect(BetaText).Not.ToHaveTextAsync(before);
            }

            terms.Add(await Terms(2));
        }

        Assert.Equal(terms.OrderByDescending(each => each.Kl), terms);
        Assert.Equal(terms.OrderByDescending(each => each.Bar), terms);
        Assert.Equal(6, terms.Select(each => each.Kl).Distinct().Count());
        Assert.True(terms[^1].Bar < 0.7 * terms[0].Bar, $"The bar went from {terms[0].Bar} to {terms[^1].Bar} pixels.");
        Assert.True(terms[^1].Reconstruction > terms[0].Reconstruction, "The reconstruction term did not grow while the KL shrank.");
    }

    [Fact]
    public async Task The_slider_can_be_dragged_and_its_value_is_in_the_URL()
    {
        await Open("worlds");
        var before = await Terms(2);
        var track = (await Beta.BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(track.X + track.Width * 0.4f, track.Y + track.Height / 2);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(track.X + track.Width * 0.6f, track.Y + track.Height / 2, new() { Steps = 12 });
        await Page.Mouse.UpAsync();
        await Expect(BetaText).ToContainTextAsync("4");
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"worlds\?beta=4"));
        Assert.True((await Terms(2)).Kl < before.Kl);
    }

    [Fact]
    public async Task Pointing_at_the_plane_of_the_autoencoder_shows_the_decoded_image()
    {
        await Open("worlds");
        var plane = Page.Locator(".world").First.Locator("svg.plane");
        var decoded = Page.Locator(".world").First.Locator(".decoded img");
        var box = (await plane.BoundingBoxAsync())!;
        await Expect(decoded).ToHaveCountAsync(0);

        await plane.HoverAsync(new() { Position = new() { X = box.Width * 0.3f, Y = box.Height * 0.4f } });
        await Expect(decoded).ToBeVisibleAsync();
        var first = await Source(decoded);
        Assert.Contains(DecodedPng.Read(first).Grey, grey => grey > 200);

        await plane.HoverAsync(new() { Position = new() { X = box.Width * 0.8f, Y = box.Height * 0.7f } });
        var second = await WaitForChange(decoded, "src", first);
        await Expect(Page.Locator(".world").First.Locator("svg.plane .mark")).ToBeVisibleAsync();

        // By keyboard: the plane can be focused, and arrow keys move the selected point.
        await plane.FocusAsync();
        await Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await WaitForChange(decoded, "src", second);
    }

    [Fact]
    public async Task A_link_with_selected_points_shows_their_decoded_images()
    {
        await Open("worlds?beta=1");
        var first = Page.Locator(".world").First;
        var last = Page.Locator(".world").Nth(2);
        await Point(first, 0.3f, 0.4f);
        await Expect(first.Locator(".decoded img")).ToBeVisibleAsync();
        await Point(last, 0.6f, 0.5f);
        await Expect(last.Locator(".decoded img")).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"&z=-?[\d.]+%2C-?[\d.]+__-?[\d.]+%2C-?[\d.]+$"));
        string[] before = [await Source(first.Locator(".decoded img")), await Source(last.Locator(".decoded img"))];

        var view = Page.Url[Page.Url.IndexOf("worlds", StringComparison.Ordinal)..];
        await Open("generate");
        await Open(view);
        await Expect(first.Locator(".decoded img")).ToHaveAttributeAsync("src", before[0]);
        await Expect(last.Locator(".decoded img")).ToHaveAttributeAsync("src", before[1]);
        await Expect(first.Locator("svg.plane .mark")).ToBeVisibleAsync();
        await Expect(Page.Locator(".world").Nth(1).Locator(".decoded img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Opening_the_view_from_the_navigation_clears_the_selected_points()
    {
        await Open("worlds?beta=4");
        var last = Page.Locator(".world").Nth(2);
        await Point(last, 0.6f, 0.5f);
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("beta=4.*&z="));

        await Page.Locator("nav a").First.ClickAsync();
        await Expect(BetaText).Not.ToContainTextAsync("4");
        await Expect(last.Locator(".decoded img")).ToHaveCountAsync(0);
        await Expect(last.Locator("svg.plane .mark")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_decoded_image_of_a_point_follows_the_slider()
    {
        await Open("worlds?beta=1&z=__0.5,0.5");
        var decoded = Page.Locator(".world").Nth(2).Locator(".decoded img");
        await Expect(decoded).ToBeVisibleAsync();
        var before = await Source(decoded);
        await Beta.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await WaitForChange(decoded, "src", before);
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("beta=2.*&z=__0.5%2C0.5$"));
    }

    [Fact]
    public async Task Sampling_again_changes_the_samples_of_every_world_and_no_plane()
    {
        await Open("worlds?beta=1");
        var worlds = Page.Locator(".world");
        var samples = Page.GetByAltText(Strings["Worlds.Samples"]);
        var before = new List<string>();
        for (var i = 0; i < 3; i++)
            before.Add(await Source(samples.Nth(i)));
        var planes = await worlds.Locator("svg.plane").AllInnerTextsAsync();

        await Button(Strings["Generate.Again"]).ClickAsync();
        for (var i = 0; i < 3; i++)
            await WaitForChange(samples.Nth(i), "src", before[i]);
        Assert.Equal(planes, await worlds.Locator("svg.plane").AllInnerTextsAsync());
        Assert.Equal(3, before.Distinct().Count());
    }

    [Fact]
    public async Task Each_world_shows_400_codes_and_those_of_the_autoencoder_have_no_ellipses()
    {
        await Open("worlds?beta=1");
        for (var world = 0; world < 3; world++)
            await Expect(Page.Locator(".world").Nth(world).Locator("svg .code")).ToHaveCountAsync(400);
        await Expect(Page.Locator(".world").Nth(0).Locator("svg .sigma")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".world").Nth(2).Locator("svg .sigma")).ToHaveCountAsync(400);
    }

    private static async Task Point(ILocator world, float left, float top)
    {
        var plane = world.Locator("svg.plane");
        var box = (await plane.BoundingBoxAsync())!;
        await plane.HoverAsync(new() { Position = new() { X = box.Width * left, Y = box.Height * top } });
    }

    private async Task<(double Reconstruction, double Kl, float Bar)> Terms(int world)
    {
        var terms = Page.Locator(".world").Nth(world).Locator(".terms");
        var numbers = Numbers((await terms.GetAttributeAsync("aria-label"))!);
        Assert.Equal(2, numbers.Length);
        return (numbers[0], numbers[1], (await terms.Locator(".terms-part.kl").BoundingBoxAsync())!.Width);
    }
}
