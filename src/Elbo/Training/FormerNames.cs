using TorchSharp;

namespace Elbo;

/// <summary>The names that parameters had in files of earlier versions.</summary>
internal static class FormerNames
{
    private static readonly (string Now, string Before)[] Renamed =
    [
        ("prior.parameters.dense0.", "prior.parameters."),
        ("decoder.body.condition_encoder.", "decoder.body.sight."),
    ];

    /// <summary>The former name of a parameter, or null if it is unchanged.</summary>
    public static string? Of(string name) => Renamed
        .Where(pair => name.StartsWith(pair.Now, StringComparison.Ordinal))
        .Select(pair => pair.Before + name[pair.Now.Length..])
        .FirstOrDefault();

    /// <summary>The names of a model's state and their former names.</summary>
    public static HashSet<string?> WithFormer(IEnumerable<(string Name, torch.Tensor Value)> state) =>
        state.SelectMany(named => new[] { named.Name, Of(named.Name) }).ToHashSet(StringComparer.Ordinal);
}
