namespace Elbo;

/// <summary>A named preset of model options and objective.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Model">Its options; the shape, and what a condition leaves open, come from the data.</param>
/// <param name="Objective">Its objective.</param>
internal sealed record Preset(string Name, string Summary, ModelOptions Model, ObjectiveOptions Objective)
{
    /// <summary>Builds the model with a user's choices in place of the preset's own.</summary>
    public LatentVariableModel Create(ValueShape shape, ModelOptions? options, ulong seed) =>
        LatentVariableModel.Create((options ?? Model) with { Shape = shape }, seed, Objective);
}
