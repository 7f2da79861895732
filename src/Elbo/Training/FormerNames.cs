namespace Elbo;

/// <summary>The names that parameters had in files of earlier versions.</summary>
internal static class FormerNames
{
    private static readonly (string Now, string Before)[] Renamed =
    [
        ("prior.parameters.dense0.", "prior.parameters."),
        ("decoder.body.condition_encoder.", "decoder.body.sight."),
    ];

    /// <summary>The name that a parameter had before, or null where it is the same.</summary>
    public static string? Of(string name) => Renamed
        .Where(pair => name.StartsWith(pair.Now, StringComparison.Ordinal))
        .Select(pair => pair.Before + name[pair.Now.Length..])
        .FirstOrDefault();
}
