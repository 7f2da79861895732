using System.Text.Json;

namespace Elbo.Story.Tests;

/// <summary>Runs code in the page with the modules and packs that it holds, and the checks of <c>web/tests</c>.</summary>
internal static class PageModules
{
    /// <summary>Computes a value in the page.</summary>
    /// <param name="story">The page.</param>
    /// <param name="body">
    /// The body of a function that returns it: <c>await module(path)</c> is a module of the page, <c>await pack(name)</c> a pack, and
    /// <c>checks</c> what the check exports.
    /// </param>
    /// <param name="check">The name of a file in <c>web/tests</c> without its ending, or null.</param>
    public static async Task<JsonElement> Compute(this OpenedStory story, string body, string? check = null)
    {
        var source = check is null ? "export {};" : StoryModule.Of($"tests/{check}.js", Read($"{check}.js")).Source;
        var json = await story.Page.EvaluateAsync<string>(
            $$"""
            async source => {
                const module = path => import(elboModules[path]);
                const text = source.replace(/'module:([^']+)'/g, (_, path) => `'${elboModules[path]}'`);
                const checks = await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
                const { loadPack: pack } = await module('engine/packs.js');
                const compute = async () => {
                    {{body}}
                };
                return JSON.stringify(await compute());
            }
            """,
            source);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    /// <summary>A number of an object; what is not finite is no number.</summary>
    public static double Number(this JsonElement values, string name) => values.GetProperty(name).GetDouble();

    private static string Read(string name)
    {
        using var stream = typeof(PageModules).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
