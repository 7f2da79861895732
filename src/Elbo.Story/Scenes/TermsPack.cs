namespace Elbo.Story;

/// <summary>
/// The pack <c>terms</c>: both terms of the bound of every model, under the name of its pack, so that a scene can speak of a model whose
/// weights it has not loaded.
/// </summary>
internal static class TermsPack
{
    /// <summary>The name of the pack.</summary>
    public const string Name = "terms";

    /// <summary>Collects the figures of models; one without any is left out.</summary>
    public static Pack Of(IEnumerable<StoryModel> models) => new(
        Name,
        [],
        models.Where(model => model.Figures is not null)
            .ToDictionary(model => ModelPack.NameOf(model.Id), model => model.Figures!.ToLine(), StringComparer.Ordinal));
}
