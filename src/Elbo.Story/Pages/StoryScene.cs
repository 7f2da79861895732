using System.Globalization;
using System.Text.RegularExpressions;

namespace Elbo.Story;

/// <summary>A scene of the page, as its module declares it.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Packs">The packs that it needs at once.</param>
/// <param name="Later">The packs that it needs once the reader does something.</param>
/// <param name="Optional">The packs that it uses where the page holds them.</param>
internal sealed partial record StoryScene(
    int Number, IReadOnlyList<string> Packs, IReadOnlyList<string> Later, IReadOnlyList<string> Optional)
{
    /// <summary>All packs without which it cannot be shown.</summary>
    public IEnumerable<string> Needed => Packs.Concat(Later);

    /// <summary>The scenes among modules, by their numbers.</summary>
    /// <exception cref="InvalidOperationException">A scene does not declare its packs as literals.</exception>
    public static IReadOnlyList<StoryScene> Of(IEnumerable<StoryModule> modules) =>
    [
        .. from module in modules
           let name = Name().Match(module.Path)
           where name.Success
           let number = int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture)
           orderby number
           select new StoryScene(
               number, PacksOf(module), Literals(LaterPacks().Match(module.Source)), Literals(OptionalPacks().Match(module.Source))),
    ];

    private static IReadOnlyList<string> PacksOf(StoryModule module)
    {
        var list = NeededPacks().Match(module.Source);
        return list.Success
            ? Literals(list)
            : throw new InvalidOperationException($"{module.Path} does not declare its packs as packs: ['...'].");
    }

    private static IReadOnlyList<string> Literals(Match list) =>
        [.. Literal().Matches(list.Groups["list"].Value).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^scenes/scene(?<number>\d+)\.js$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bpacks\s*:\s*\[(?<list>[^\]]*)\]")]
    private static partial Regex NeededPacks();

    [GeneratedRegex(@"\blater\s*:\s*\[(?<list>[^\]]*)\]")]
    private static partial Regex LaterPacks();

    [GeneratedRegex(@"\boptional\s*:\s*\[(?<list>[^\]]*)\]")]
    private static partial Regex OptionalPacks();

    [GeneratedRegex("""['"](?<name>[^'"]+)['"]""")]
    private static partial Regex Literal();
}
