namespace Elbo.Studio;

/// <summary>A request to complete a partly covered image.</summary>
/// <param name="Model">The id of a model of the family <see cref="ModelFamily.Completions"/>: it determines the visible region.</param>
/// <param name="Image">The image.</param>
/// <param name="Count">The number of completions, 64 at maximum.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
internal sealed record CompletionRequest(string Model, ImageChoice Image, int Count = 12, ulong Seed = 0);

/// <summary>Completes partly covered images.</summary>
internal sealed class CompletionService(BundledModels models, MnistImages images)
{
    private const int MaxCompletions = 64;

    /// <summary>The models, one for each visible region.</summary>
    public IReadOnlyList<BundledModel> Regions { get; } = models.OfFamily(ModelFamily.Completions);

    /// <summary>Completes an image.</summary>
    /// <exception cref="SettingsException">The model or the image does not exist, or the model is not one for completions.</exception>
    public Completions Complete(CompletionRequest request)
    {
        var model = models.Load(models.Find(request.Model).Id);
        return Completions.Of(model, images.Take(request.Image), RequestGuard.Count(request.Count, MaxCompletions), request.Seed);
    }
}
