namespace Elbo;

/// <summary>
/// The beta-VAE of Higgins et al. (2017): a VAE with a larger weight on the KL term (4 by default), which trades reconstruction for a more
/// regular latent space.
/// </summary>
public static class BetaVae
{
    internal static Preset Preset { get; } = new(
        "beta-vae",
        "VAE with a weight of 4 on the KL term: a tidier latent space, a blurrier image",
        new ModelOptions(),
        new ObjectiveOptions { KlWeight = 4 });

    /// <summary>The options that the preset starts from; the shape, and what is null, come from the data.</summary>
    public static ModelOptions Defaults => Preset.Model;

    /// <summary>The objective that the preset is trained with.</summary>
    public static ObjectiveOptions DefaultObjective => Preset.Objective;

    /// <summary>Creates a beta-VAE for values of a shape.</summary>
    /// <param name="shape">The shape of the values, such as that of a dataset; an <see cref="ImageShape"/> is one.</param>
    /// <param name="amend">Changes the preset's options, as in <c>o =&gt; o with { LatentSize = 8 }</c>; null for none.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="amendObjective">Changes the preset's objective; null for none.</param>
    /// <param name="modules">Networks of your own, which the model then owns; null for those of the options.</param>
    /// <returns>The model, which the caller disposes.</returns>
    /// <exception cref="SettingsException">The options are not compatible with each other.</exception>
    public static LatentVariableModel Create(
        ValueShape shape,
        Func<ModelOptions, ModelOptions>? amend = null,
        ulong seed = 0,
        Func<ObjectiveOptions, ObjectiveOptions>? amendObjective = null,
        CustomModules? modules = null) => Preset.Create(shape, amend, seed, amendObjective, modules);

    /// <summary>
    /// Creates a beta-VAE for examples, which determine what the options leave open: likelihood and standardisation follow from their
    /// values (<see cref="LikelihoodChoice"/>).
    /// </summary>
    /// <param name="data">The examples it is to be trained on, usually the training split of a dataset.</param>
    /// <param name="amend">Changes the preset's options, as in <c>o =&gt; o with { LatentSize = 8 }</c>; null for none.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="amendObjective">Changes the preset's objective; null for none.</param>
    /// <param name="modules">Networks of your own, which the model then owns; null for those of the options.</param>
    /// <returns>The model, which the caller disposes.</returns>
    /// <exception cref="SettingsException">The options are not compatible with each other.</exception>
    /// <exception cref="InputException">The data lacks the condition, or has a value that is not finite.</exception>
    public static LatentVariableModel Create(
        ExampleSet data,
        Func<ModelOptions, ModelOptions>? amend = null,
        ulong seed = 0,
        Func<ObjectiveOptions, ObjectiveOptions>? amendObjective = null,
        CustomModules? modules = null) => Preset.Create(data, amend, seed, amendObjective, modules);
}
