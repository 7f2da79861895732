namespace Elbo;

/// <summary>An objective requires a term that the model lacks. <see cref="WeightedObjective"/> adds the name of the objective.</summary>
/// <param name="need">What it needs, as the end of "The objective needs ...".</param>
/// <param name="advice">The remedy.</param>
public sealed class MissingTermException(
    string need, string advice = "train it with the Objective 'reconstruction', or choose another model")
    : SettingsException($"The objective needs {need}, which this model does not have: {advice}.")
{
    internal string Need => need;

    internal string Advice => advice;
}
