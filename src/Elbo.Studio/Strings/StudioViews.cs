namespace Elbo.Studio;

/// <summary>The views of the navigation after the story, by their addresses below the root, each with the key of its name.</summary>
internal static class StudioViews
{
    public static IReadOnlyList<(string Address, string Title)> All { get; } =
    [
        ("ledger", "Ledger.Title"),
        ("generate", "Generate.Title"),
        ("condition", "Condition.Short"),
        ("runs", "Runs.Title"),
    ];
}
