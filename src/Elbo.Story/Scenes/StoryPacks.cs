namespace Elbo.Story;

/// <summary>All that the page holds besides its code and texts.</summary>
internal static class StoryPacks
{
    /// <summary>The packs of the bundled story, in the order of the page.</summary>
    /// <param name="models">The models.</param>
    /// <param name="digits">The digits.</param>
    public static IReadOnlyList<Pack> Of(StoryModels models, StoryDigits digits) =>
        [.. Sources(models, new Lazy<StoryDigits>(digits)).Select(source => source.Pack)];

    /// <summary>The packs of the bundled story, each made when it is asked for.</summary>
    /// <param name="models">The models.</param>
    /// <param name="digits">The digits, read when a pack needs them.</param>
    public static IReadOnlyList<PackSource> Sources(StoryModels models, Lazy<StoryDigits> digits)
    {
        var ofDigits = new Lazy<IReadOnlyList<Pack>>(() => digits.Value.ToPacks());
        return
        [
            .. StoryDigits.PackNames.Select(name => new PackSource(name, () => ofDigits.Value.Single(pack => pack.Name == name))),
            new(RecordingPack.Name, RecordingPack.Read),
            new(FiguresPack.Name, () => FiguresPack.Of(models, digits.Value)),
            new(ModelPack.NameOf(StoryClassifier.Id), () => ModelPack.Of(models.Classifier)),
            .. OfModels(models.Models, digits, EvidencePack.BundledDigits, FamilyOf(models)),
        ];
    }

    /// <summary>The bundled models with two latent dimensions that differ in beta alone.</summary>
    public static BetaFamily? FamilyOf(StoryModels models) => BetaFamily.Among(
        models.Models.Values.Where(model => model.IsPlane).Select(model => new BetaMember(model.Id, model.Id, model.Configuration)));

    /// <summary>The packs of models: their networks and terms, what they make of digits, and the grid of the plane.</summary>
    /// <param name="models">The models by their names.</param>
    /// <param name="digits">The digits; null for none, and for neither codes nor a grid.</param>
    /// <param name="chosen">The digits that the fourth scene begins with; null for the first of each label.</param>
    /// <param name="family">The models among them that differ in beta alone, each with figures; null for none.</param>
    public static IReadOnlyList<PackSource> OfModels(
        IReadOnlyDictionary<string, StoryModel> models, Lazy<StoryDigits>? digits, IReadOnlyList<int>? chosen, BetaFamily? family)
    {
        List<PackSource> packs =
        [
            new(TermsPack.Name, () => TermsPack.Of(models.Values)),
            .. models.Values.Select(model => new PackSource(ModelPack.NameOf(model.Id), () => ModelPack.Of(model))),
            .. models.Values.Where(model => model.EncodesInPage)
                .Select(model => new PackSource(ModelPack.EncoderNameOf(model.Id), () => ModelPack.EncoderOf(model))),
        ];
        if (digits is null)
            return packs;
        var codes = models.Values
            .Where(model => model.Condition is not RegionCondition)
            .ToDictionary(model => model.Id, model => new Lazy<Codes>(() => Codes.Of(model, digits.Value)), StringComparer.Ordinal);
        packs.AddRange(codes.OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => new PackSource(Codes.PackNameOf(each.Key), () => each.Value.Value.ToPack(each.Key))));
        if (family is not null)
            packs.Add(new(BetaPack.Name, () => BetaPack.Of(family, models, id => codes[id].Value)));
        if (models.TryGetValue(StoryModels.Plane, out var plane))
            packs.Add(new(EvidencePack.Name, () => EvidencePack.Of(plane, digits.Value, chosen ?? digits.Value.FirstOfEachLabel())));
        return packs;
    }
}
