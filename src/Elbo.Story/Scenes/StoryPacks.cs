namespace Elbo.Story;

/// <summary>All that the page holds besides its code and texts.</summary>
internal static class StoryPacks
{
    /// <summary>The packs of the bundled story, in the order of the page.</summary>
    /// <param name="models">The models.</param>
    /// <param name="digits">The digits.</param>
    public static IReadOnlyList<Pack> Of(StoryModels models, StoryDigits digits) =>
    [
        digits.ToPack(),
        FiguresPack.Of(models, digits),
        ModelPack.Of(models.Classifier),
        .. OfModels(models.Models, digits, EvidencePack.BundledDigits),
    ];

    /// <summary>The packs of models: their networks, what they make of digits, and the grid of the plane.</summary>
    /// <param name="models">The models by their names.</param>
    /// <param name="digits">The digits; null for none, and for neither codes nor a grid.</param>
    /// <param name="chosen">The digits that the fourth scene begins with; null for the first of each label.</param>
    public static IReadOnlyList<Pack> OfModels(
        IReadOnlyDictionary<string, StoryModel> models, StoryDigits? digits, IReadOnlyList<int>? chosen)
    {
        var packs = models.Values.Select(ModelPack.Of).ToList();
        if (digits is null)
            return packs;
        var codes = models.Values
            .Where(model => model.Condition is not RegionCondition)
            .ToDictionary(model => model.Id, model => Codes.Of(model, digits), StringComparer.Ordinal);
        var reference = codes.GetValueOrDefault(StoryModels.Plane);
        packs.AddRange(codes.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value.ToPack(
            each.Key, each.Key != StoryModels.Plane && models[each.Key].Condition is null ? reference : null)));
        if (models.TryGetValue(StoryModels.Plane, out var plane))
            packs.Add(EvidencePack.Of(plane, digits, chosen ?? digits.FirstOfEachLabel()));
        return packs;
    }
}
