using System.Text.RegularExpressions;

namespace Elbo.Packages.Tests;

/// <summary>What the page of a package tells a stranger to do.</summary>
/// <param name="Packages">The packages that are added.</param>
/// <param name="Code">The program.</param>
internal sealed partial record PackagePage(IReadOnlyList<string> Packages, string Code)
{
    public static async Task<PackagePage> Read(string project)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "src", project, "PACKAGE.md"));
        return new(
            [.. AddedPackages().Matches(page).Select(match => match.Groups["name"].Value)], CSharp().Match(page).Groups["code"].Value);
    }

    [GeneratedRegex("^dotnet add package (?<name>[a-zA-Z0-9.-]+)$", RegexOptions.Multiline)]
    private static partial Regex AddedPackages();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharp();
}
