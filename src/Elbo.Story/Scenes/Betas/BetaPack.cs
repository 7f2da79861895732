using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Story;

/// <summary>
/// The pack <c>betas</c> of the eighth scene: a family of models that differ in beta alone, with what the scene says of each, and the
/// figures of the whole family.
/// </summary>
internal static class BetaPack
{
    /// <summary>The name of the pack.</summary>
    public const string Name = "betas";

    private const int Decimals = 6;

    /// <summary>Makes the pack.</summary>
    /// <param name="family">The family.</param>
    /// <param name="models">The models, each with figures.</param>
    /// <param name="codesOf">The codes of the digits in the page by a model's name.</param>
    public static Pack Of(BetaFamily family, IReadOnlyDictionary<string, StoryModel> models, Func<string, Codes> codesOf)
    {
        List<BetaFigures> figures =
            [.. family.Members.Select(member => BetaFigures.Of(member.Beta, models[member.Id].Figures!, codesOf(member.Id)))];
        var members = family.Members.Zip(BetaRegime.Of(figures), (member, regime) => (JsonNode)new JsonObject
        {
            ["beta"] = member.Beta,
            ["model"] = member.Id,
            ["regime"] = regime.Name,
            ["values"] = new JsonObject(regime.Values.Select(value => KeyValuePair.Create(value.Key, Rounded(value.Value)))),
        });
        return new Pack(Name, [], new Dictionary<string, string>
        {
            [Pack.Companions] = string.Join(
                ' ', family.Members.SelectMany(member => (string[])[Codes.PackNameOf(member.Id), ModelPack.NameOf(member.Id)])),
            ["members"] = JsonSerializer.Serialize(new JsonArray([.. members])),
            ["figures"] = JsonSerializer.Serialize(FiguresOf([.. figures.Where(each => each.Clouds is not null)])),
        });
    }

    /// <summary>What the sentences on the whole family name; what does not hold beyond its error is left out.</summary>
    /// <param name="family">The members with clouds, from the lowest beta.</param>
    public static JsonObject FiguresOf(IReadOnlyList<BetaFigures> family)
    {
        var (first, last) = (family[0], family[^1]);
        var figures = new JsonObject();
        if (BetaRegime.DeadDimensions(last) is { } dead)
            figures["dead"] = dead;
        if (last.Clouds!.Kl.IsBelow(first.Clouds!.Kl) && first.Reconstruction.IsBelow(last.Reconstruction))
        {
            figures["first"] = first.Beta;
            figures["last"] = last.Beta;
            figures["klFirst"] = Rounded(first.Clouds.Kl.Value);
            figures["klLast"] = Rounded(last.Clouds.Kl.Value);
            figures["reconstructionFirst"] = Rounded(first.Reconstruction.Value);
            figures["reconstructionLast"] = Rounded(last.Reconstruction.Value);
        }

        return figures;
    }

    private static JsonNode? Rounded(double value) => Math.Round(value, Decimals);
}
