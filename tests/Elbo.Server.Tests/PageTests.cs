using Microsoft.Playwright;

namespace Elbo.Server.Tests;

/// <summary>The page on which the API is tried, in a browser.</summary>
public class PageTests(ServedModelsFixture served, TestBrowser browser)
{
    [Theory]
    [InlineData(380, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task The_page_sends_requests_that_every_model_answers(int width, ColorScheme scheme)
    {
        await using var context = await browser.Open(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        await page.GotoAsync(served.Server.Page.ToString());
        await Assertions.Expect(page.Locator("#body")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("count"));
        Assert.DoesNotContain(served.Server.Token, page.Url, StringComparison.Ordinal);
        foreach (var model in new[] { "binary", "complete", "cvae", "rows" })
        {
            await page.SelectOptionAsync("#model", model);
            foreach (var operation in await page.Locator("#operation option").AllTextContentsAsync())
            {
                await page.EvaluateAsync("document.getElementById('body').value = ''");
                await page.SelectOptionAsync("#operation", operation);
                await page.DispatchEventAsync("#operation", "change");
                await Assertions.Expect(page.Locator("#body")).Not.ToHaveValueAsync("");
                await page.ClickAsync("#send");
                await Assertions.Expect(page.Locator("#answer")).ToBeVisibleAsync();
                var isPicture = model != "rows" && operation is "sample" or "decode" or "complete" && model != "rows";
                await Assertions.Expect(page.Locator(isPicture ? "#picture" : "#text")).ToBeVisibleAsync();
                Assert.Contains($"/v1/models/{model}/{operation}", await page.Locator("#command").TextContentAsync());
            }
        }

        Assert.Empty(errors);
        Assert.Empty(await page.SeriousViolations());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.FillAsync("#body", "{\"count\": 0}");
        await page.SelectOptionAsync("#model", "rows");
        await page.FillAsync("#body", "{\"count\": 0}");
        await page.ClickAsync("#send");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_the_token_the_page_asks_for_it()
    {
        await using var context = await browser.Open(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync(served.Server.Address.ToString());
        await page.FillAsync("#token", "wrong");
        await page.ClickAsync("#access button");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync("Send the token that the server printed");
        await page.FillAsync("#token", served.Server.Token);
        await page.ClickAsync("#access button");
        await Assertions.Expect(page.Locator("#request")).ToBeVisibleAsync();
    }
}
