using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Elbo.Browsing;

/// <summary>What axe-core finds in a page.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>The violations of serious or critical impact as the page is now, one line for each element.</summary>
    public static async Task<IReadOnlyList<string>> SeriousViolations(this IPage page)
    {
        // Evaluated from outside, so that the page's content security policy stays as it is.
        if (!await page.EvaluateAsync<bool>("'axe' in globalThis"))
            await page.EvaluateAsync($"{Axe.Value}; 0");
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
                const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).flatMap(({ id, impact, help, nodes }) =>
                    nodes.map(({ target, html, any, all }) => [`${impact} ${id} (${help}): ${target.join(' ')} ${html.slice(0, 200)}`,
                        ...[...any, ...all].map(({ message }) => message)].join('; ')));
            }
            """);
    }
}
