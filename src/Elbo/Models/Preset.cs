namespace Elbo;

/// <summary>A named preset of model options and objective.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Model">Its options; the shape, and what it leaves open, come from the data.</param>
/// <param name="Objective">Its objective.</param>
public sealed record Preset(string Name, string Summary, ModelOptions Model, ObjectiveOptions Objective)
{
    /// <summary>Builds the model with a user's amendments.</summary>
    internal LatentVariableModel Create(
        ValueShape shape,
        Func<ModelOptions, ModelOptions>? amend,
        ulong seed,
        Func<ObjectiveOptions, ObjectiveOptions>? amendObjective,
        CustomModules? modules) =>
        LatentVariableModel.Create(Amended(amend) with { Shape = shape }, seed, Amended(amendObjective), modules);

    /// <summary>Builds the model for examples, which determine what the options leave open.</summary>
    internal LatentVariableModel Create(
        ExampleSet data,
        Func<ModelOptions, ModelOptions>? amend,
        ulong seed,
        Func<ObjectiveOptions, ObjectiveOptions>? amendObjective,
        CustomModules? modules)
    {
        ArgumentNullException.ThrowIfNull(data);
        return LatentVariableModel.Create(Amended(amend).For(Dataset.Of(data)), seed, Amended(amendObjective), modules);
    }

    private ModelOptions Amended(Func<ModelOptions, ModelOptions>? amend) => amend is null ? Model : amend(Model);

    private ObjectiveOptions Amended(Func<ObjectiveOptions, ObjectiveOptions>? amend) => amend is null ? Objective : amend(Objective);
}
