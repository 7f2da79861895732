namespace Elbo.Studio;

/// <summary>A picture of which a part is covered.</summary>
/// <param name="Model">The id of a model of the family <see cref="ModelFamily.Completions"/>: it says what stays visible.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Count">How many completions, at most 64.</param>
/// <param name="Seed">The seed of their noise.</param>
internal sealed record CompletionRequest(string Model, PictureChoice Picture, int Count = 12, ulong Seed = 0);

/// <summary>A covered picture completed.</summary>
/// <param name="VisiblePixels">Which pixels are visible, row by row.</param>
/// <param name="Truth">The picture itself.</param>
/// <param name="Visible">What the model is shown, with a middle grey where it is shown nothing.</param>
/// <param name="Completions">The completions.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Spread">The standard deviation of each pixel over them: 0 where they agree.</param>
internal sealed record CompletedPicture(
    IReadOnlyList<bool> VisiblePixels, Images Truth, Images Visible, Images Completions, Images Mean, Images Spread);

/// <summary>Completes pictures of which a part is covered.</summary>
internal sealed class CompletionService(BundledModels models, MnistPictures pictures)
{
    private const int MaxCompletions = 64;

    /// <summary>The models, one for each part that can stay visible.</summary>
    public IReadOnlyList<BundledModel> Regions { get; } = models.OfFamily(ModelFamily.Completions);

    /// <summary>Completes a picture.</summary>
    /// <exception cref="ConfigurationException">There is no such model or picture, or the model completes nothing.</exception>
    public CompletedPicture Complete(CompletionRequest request)
    {
        var model = models.Load(models.Find(request.Model).Id);
        var completions = Completions.Of(
            model, pictures.Take(request.Picture), RequestGuard.Count(request.Count, MaxCompletions), request.Seed);
        return new CompletedPicture(
            ((RegionCondition)model.Condition!).VisiblePixels,
            completions.Truth,
            completions.Visible,
            completions.Drawn,
            completions.Mean,
            completions.Spread);
    }
}
