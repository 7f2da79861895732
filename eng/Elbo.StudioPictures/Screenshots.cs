using Microsoft.Playwright;

namespace Elbo.StudioPictures;

/// <summary>The list of screenshots.</summary>
internal static class Screenshots
{
    public static IReadOnlyList<Screenshot> All { get; } =
    [
        new("story", "#scene=4") { Prepare = WaitForStage },
        new("story-beta", "#scene=8&beta=4") { Dark = true, Prepare = WaitForStage },
        new("story-narrow", "#scene=1") { Width = 380, Height = 800, Language = "zh", Prepare = WaitForStage },
        new("ledger", "ledger") { IsForDocuments = true, Prepare = WaitForTraining },
        new("ledger-training", "ledger") { Prepare = Train },
        new("ledger-narrow", "ledger") { Width = 380, Height = 800, Dark = true },
        new("generate", "generate?digit=6") { IsForDocuments = true },
        new("generate-wide", "generate?digit=3") { Width = 1600, Dark = true },
        new("generate-narrow", "generate") { Width = 380, Height = 800 },
        new("condition", "condition") { IsForDocuments = true },
        new("condition-wide", "condition") { Width = 1600, Dark = true, Language = "zh" },
        new("condition-narrow", "condition") { Width = 380, Height = 800 },
        new("runs", "runs") { IsForDocuments = true, Prepare = CompareTwo },
        new("runs-wide", "runs") { Width = 1600, Dark = true, Language = "zh", Prepare = CompareTwo },
        new("runs-narrow", "runs") { Width = 380, Height = 800, Prepare = CompareTwo },
    ];

    private static async Task CompareTwo(IPage page)
    {
        var choices = page.Locator(".run-table input[type=checkbox]:enabled");
        if (await choices.CountAsync() < 2)
            return;
        await choices.Nth(0).CheckAsync();
        await choices.Nth(1).CheckAsync();
        await page.Locator(".legend li").Nth(1).WaitForAsync();
    }

    private static async Task WaitForStage(IPage page)
    {
        await page.Locator("section.stage canvas").First.WaitForAsync();
        await page.Locator(".waiting").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static Task WaitForTraining(IPage page) => page.Locator(".steps button").First.WaitForAsync();

    private static async Task Train(IPage page)
    {
        var both = page.Locator(".steps button").Nth(2);
        for (var i = 0; i < 3; i++)
        {
            await both.ClickAsync();
            await page.WaitForTimeoutAsync(500);
        }
    }
}
