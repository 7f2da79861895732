namespace Elbo;

/// <summary>
/// The conditional VAE of Sohn, Lee and Yan (2015): the condition enters the encoder, the decoder and the prior, whose mean it moves:
/// p(z|c) = N(mu(c), I) by default.
/// </summary>
public static class Cvae
{
    internal static Preset Preset { get; } = new(
        "cvae",
        "conditional VAE: draws the label it is asked for",
        // Eight dimensions and two hidden layers: on MNIST a page of sixes drawn from the prior then reads as sixes (docs/results.md).
        new ModelOptions { LatentSize = 8, Network = new NetworkOptions { Hidden = [400, 200] }, Condition = new LabelCondition() },
        new ObjectiveOptions());

    /// <summary>Creates a conditional VAE.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="condition">
    /// What it is conditioned on, for example <c>Condition.Label(10)</c> or <c>Condition.Region("left-half", shape)</c>.
    /// </param>
    /// <param name="options">
    /// Other options, which replace all of the preset's, including its eight latent dimensions and hidden layers of 400 and 200. Options
    /// that are not set have the defaults of <see cref="ModelOptions"/>.
    /// </param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <returns>The model.</returns>
    /// <exception cref="SettingsException">The options are not compatible with each other.</exception>
    public static LatentVariableModel Create(ValueShape shape, Condition condition, ModelOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Preset.Create(shape, (options ?? Preset.Model) with { Condition = condition }, seed);
    }
}
