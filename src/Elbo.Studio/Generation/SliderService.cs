namespace Elbo.Studio;

/// <summary>One latent dimension as a slider.</summary>
/// <param name="Dimension">Which, from 0.</param>
/// <param name="Kl">Its KL on the test images in nats, by which sliders are sorted; null for an autoencoder.</param>
/// <param name="IsActive">Whether it carries anything.</param>
internal sealed record Slider(int Dimension, double? Kl, bool IsActive);

/// <summary>Turns the dimensions of a code one at a time.</summary>
internal sealed class SliderService(BundledModels models, MnistPictures pictures)
{
    /// <summary>How far a slider goes to either side: nearly all of the unit Gaussian lies within.</summary>
    public const double Reach = 3;

    /// <summary>The sliders of a model, that with the highest KL first.</summary>
    /// <exception cref="ConfigurationException">There is no such model.</exception>
    public IReadOnlyList<Slider> Sliders(string model)
    {
        var shown = models.Find(model);
        return
        [
            .. Enumerable.Range(0, shown.LatentSize)
                .Select(i => new Slider(i, shown.Figures.KlPerDimension?[i], shown.Figures.ActiveDimensions.Contains(i)))
                .OrderByDescending(slider => slider.Kl ?? 0),
        ];
    }

    /// <summary>What a code is decoded to.</summary>
    /// <param name="model">The id of the model.</param>
    /// <param name="code">A value for each latent dimension, in their own order.</param>
    /// <param name="label">The label, for a model that is conditioned on it; else null.</param>
    /// <exception cref="ConfigurationException">There is no such model, or the code or the label does not fit it.</exception>
    public Images Decode(string model, IReadOnlyList<double> code, int? label = null)
    {
        var shown = models.Find(model);
        if (code.Count != shown.LatentSize)
            throw new ConfigurationException($"The code has {code.Count} values, but the model '{model}' has {shown.LatentSize} latent dimensions.");
        return models.Load(model).Decode(
            new LatentCodes(code.Count, [.. code.Select(value => (float)value)]), RequestGuard.Labels(shown, label, 1));
    }

    /// <summary>Where the sliders stand for a picture: the mean of its posterior.</summary>
    /// <exception cref="ConfigurationException">There is no such model or picture.</exception>
    /// <exception cref="DataException">The model asks for a label, and a drawing has none.</exception>
    public IReadOnlyList<double> Encode(string model, PictureChoice picture) =>
        [.. models.Load(model).Encode(pictures.Take(picture))[0].ToArray().Select(value => (double)value)];
}
