namespace Elbo.Cli;

/// <summary>
/// What a user types for a program that <c>dotnet tool install</c> put where nobody looks: below <c>.store</c>, beside which it makes a
/// link, or for a tool of one project among the packages.
/// </summary>
internal static class InstalledTool
{
    private const string Store = ".store";
    private const string Package = "elbo.tool";

    /// <summary>The link to a program file, the file itself where it is not that of a tool, or null for a tool of a project.</summary>
    public static string? LinkTo(string file)
    {
        var parts = file.Split(Path.DirectorySeparatorChar);
        if (Array.LastIndexOf(parts, Store) is > 0 and var store)
            return string.Join(Path.DirectorySeparatorChar, parts[..store].Append(parts[^1]));
        return parts.Any(part => part.StartsWith(Package, StringComparison.OrdinalIgnoreCase)) ? null : file;
    }
}
