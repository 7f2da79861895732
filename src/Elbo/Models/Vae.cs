namespace Elbo;

/// <summary>
/// The variational autoencoder of Kingma and Welling (2014): q(z|x) = N(mu(x), diag sigma²(x)), p(z) = N(0, I). By default 784-400-20 with
/// ReLU and a Bernoulli likelihood, the recipe of the usual examples.
/// </summary>
public static class Vae
{
    internal static Preset Preset { get; } = new(
        "vae", "variational autoencoder: draws some image", new ModelOptions(), new ObjectiveOptions());

    /// <summary>The options that the preset starts from; the shape, and what is null, come from the data.</summary>
    public static ModelOptions Defaults => Preset.Model;

    /// <summary>The objective that the preset is trained with.</summary>
    public static ObjectiveOptions DefaultObjective => Preset.Objective;

    /// <summary>Creates a VAE for values of a shape.</summary>
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
    /// Creates a VAE for examples, which determine what the options leave open: likelihood and standardisation follow from their values
    /// (<see cref="LikelihoodChoice"/>).
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
