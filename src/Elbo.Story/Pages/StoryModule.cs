using System.Text.RegularExpressions;

namespace Elbo.Story;

/// <summary>A JavaScript module of the page.</summary>
/// <param name="Path">Its path below <c>web/</c>.</param>
/// <param name="Source">Its source, in which imports name paths as <c>'module:engine/random.js'</c>.</param>
/// <param name="Imports">The paths of the modules that it imports.</param>
internal sealed partial record StoryModule(string Path, string Source, IReadOnlyList<string> Imports)
{
    private const string Web = "web/";
    private static readonly string[] Folders = ["engine/", "parts/", "scenes/", "shell/"];

    /// <summary>The paths of all modules.</summary>
    public static IEnumerable<string> Paths() => WebFiles.Names(Web)
        .Select(name => name[Web.Length..])
        .Where(path => path.EndsWith(".js", StringComparison.Ordinal) && Folders.Any(path.StartsWith));

    /// <summary>The source of a module as it was written.</summary>
    public static string ReadSource(string path) => WebFiles.ReadText(Web + path);

    /// <summary>All modules, each after those that it imports.</summary>
    /// <exception cref="InvalidOperationException">A module imports one that does not exist, or modules import each other.</exception>
    public static IReadOnlyList<StoryModule> All()
    {
        var modules = Paths().Select(path => Of(path, ReadSource(path))).ToDictionary(module => module.Path, StringComparer.Ordinal);
        var ordered = new List<StoryModule>();
        var visiting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in modules.Keys.Order(StringComparer.Ordinal))
            Add(path, path);
        return ordered;

        void Add(string path, string importer)
        {
            if (!modules.TryGetValue(path, out var module))
                throw new InvalidOperationException($"{importer} imports {path}, which does not exist.");
            if (ordered.Contains(module))
                return;
            if (!visiting.Add(path))
            {
                throw new InvalidOperationException(
                    $"{path} imports itself through other modules, which a page without a server cannot load.");
            }

            foreach (var import in module.Imports)
                Add(import, path);
            ordered.Add(module);
        }
    }

    /// <summary>A module from its source.</summary>
    public static StoryModule Of(string path, string source)
    {
        var imports = new List<string>();
        var replaced = Specifier().Replace(source, match =>
        {
            // The paths of a page have no host: any will do to resolve ".." against.
            var import = new Uri(new Uri($"file:///{path}"), match.Groups["path"].Value).AbsolutePath[1..];
            imports.Add(import);
            return $"{match.Groups["before"].Value}'module:{import}'";
        });
        return new StoryModule(path, replaced, imports);
    }

    [GeneratedRegex("""(?<before>^(?:import|export)\b[^'"`;]*?(?:\bfrom\s*)?)['"](?<path>\.\.?/[^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex Specifier();
}
