namespace Elbo.Story;

/// <summary>All that the page holds besides its code and texts.</summary>
internal static class StoryPacks
{
    /// <summary>The packs of the bundled story, in the order of the page.</summary>
    /// <param name="models">The models.</param>
    /// <param name="digits">The digits.</param>
    public static IReadOnlyList<Pack> Of(StoryModels models, StoryDigits digits)
    {
        var codes = models.Models.Values
            .Where(model => model.Condition is not RegionCondition)
            .ToDictionary(model => model.Id, model => Codes.Of(model, digits), StringComparer.Ordinal);
        var reference = codes.GetValueOrDefault(StoryModels.Plane);
        var packs = new List<Pack> { digits.ToPack(), ModelPack.Of(models.Classifier) };
        packs.AddRange(models.Models.Values.Select(ModelPack.Of));
        packs.AddRange(codes.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value.ToPack(
            each.Key, each.Key != StoryModels.Plane && models[each.Key].Condition is null ? reference : null)));
        if (models.Models.TryGetValue(StoryModels.Plane, out var plane))
            packs.Add(EvidencePack.Of(plane, digits, EvidencePack.BundledDigits));
        return packs;
    }
}
