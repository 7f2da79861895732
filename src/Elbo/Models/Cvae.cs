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

    /// <summary>The options that the preset starts from; the shape, and what is null or open, come from the data.</summary>
    public static ModelOptions Defaults => Preset.Model;

    /// <summary>The objective that the preset is trained with.</summary>
    public static ObjectiveOptions DefaultObjective => Preset.Objective;

    /// <summary>Creates a conditional VAE for values of a shape.</summary>
    /// <param name="shape">The shape of the values, such as that of a dataset; an <see cref="ImageShape"/> is one.</param>
    /// <param name="condition">
    /// What it is conditioned on, for example <c>Condition.Label(10)</c> or <c>Condition.Region("left-half", shape)</c>.
    /// </param>
    /// <param name="amend">Changes the preset's options, as in <c>o =&gt; o with { LatentSize = 8 }</c>; null for none.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="amendObjective">Changes the preset's objective; null for none.</param>
    /// <param name="modules">Networks of your own, which the model then owns; null for those of the options.</param>
    /// <returns>The model, which the caller disposes.</returns>
    /// <exception cref="SettingsException">The options are not compatible with each other.</exception>
    public static LatentVariableModel Create(
        ValueShape shape,
        Condition condition,
        Func<ModelOptions, ModelOptions>? amend = null,
        ulong seed = 0,
        Func<ObjectiveOptions, ObjectiveOptions>? amendObjective = null,
        CustomModules? modules = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Preset.Create(
            shape, options => (amend?.Invoke(options) ?? options) with { Condition = condition }, seed, amendObjective, modules);
    }

    /// <summary>
    /// Creates a conditional VAE for examples, which determine what the options leave open: likelihood and standardisation follow from
    /// their values (<see cref="LikelihoodChoice"/>), and the condition is their label, or for pairs (x, y) the x, unless one is given.
    /// </summary>
    /// <param name="data">The examples it is to be trained on, usually the training split of a dataset.</param>
    /// <param name="condition">What it is conditioned on; null for the label of an example, or its attributes if it has no label.</param>
    /// <param name="amend">Changes the preset's options, as in <c>o =&gt; o with { LatentSize = 8 }</c>; null for none.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="amendObjective">Changes the preset's objective; null for none.</param>
    /// <param name="modules">Networks of your own, which the model then owns; null for those of the options.</param>
    /// <returns>The model, which the caller disposes.</returns>
    /// <exception cref="SettingsException">The options are not compatible with each other.</exception>
    /// <exception cref="InputException">
    /// The data has neither labels nor attributes, lacks the condition, or has a value that is not finite.
    /// </exception>
    public static LatentVariableModel Create(
        ExampleSet data,
        Condition? condition = null,
        Func<ModelOptions, ModelOptions>? amend = null,
        ulong seed = 0,
        Func<ObjectiveOptions, ObjectiveOptions>? amendObjective = null,
        CustomModules? modules = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        condition ??= !data.HasLabels && data.Attributes is not null ? new AttributesCondition() : new LabelCondition();
        return Preset.Create(
            data, options => (amend?.Invoke(options) ?? options) with { Condition = condition }, seed, amendObjective, modules);
    }
}
