namespace Elbo.Studio;

/// <summary>One latent dimension as a slider.</summary>
/// <param name="Dimension">The index of the dimension, from 0.</param>
/// <param name="Kl">Its KL on the test images in nats, by which the sliders are sorted; null for an autoencoder.</param>
/// <param name="IsActive">Whether the dimension is active, i.e. carries information about the image.</param>
internal sealed record Slider(int Dimension, double? Kl, bool IsActive);

/// <summary>Decodes a code whose dimensions are set one by one.</summary>
internal sealed class SliderService(BundledModels models, MnistImages images)
{
    /// <summary>The sliders go from -Range to Range, which covers nearly all of the unit Gaussian.</summary>
    public const double Range = 3;

    /// <summary>The sliders of a model, sorted by KL, the highest first.</summary>
    /// <exception cref="SettingsException">The model does not exist.</exception>
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

    /// <summary>Decodes a code.</summary>
    /// <param name="model">The id of the model.</param>
    /// <param name="code">A value for each latent dimension, in the order of the model.</param>
    /// <param name="label">The label, for a model that is conditioned on it; else null.</param>
    /// <exception cref="SettingsException">The model does not exist, or the code or the label does not fit it.</exception>
    public ExampleValues Decode(string model, IReadOnlyList<double> code, int? label = null)
    {
        var shown = models.Find(model);
        if (code.Count != shown.LatentSize)
        {
            throw new SettingsException(
                $"The code has {code.Count} values, but the model '{model}' has {shown.LatentSize} latent dimensions.");
        }

        return models.Load(model).Decode(
            new LatentCodes(code.Count, [.. code.Select(value => (float)value)]), RequestGuard.Labels(shown, label, 1));
    }

    /// <summary>The slider values of an image: the mean of its posterior.</summary>
    /// <exception cref="SettingsException">The model or the image does not exist.</exception>
    /// <exception cref="InputException">The model needs a label, and a drawing has none.</exception>
    public IReadOnlyList<double> Encode(string model, ImageChoice image) =>
        [.. models.Load(model).Encode(images.Take(image))[0].ToArray().Select(value => (double)value)];
}
