namespace Elbo;

/// <summary>An objective has asked for what the model does not have. <see cref="WeightedObjective"/> adds which objective it was.</summary>
/// <param name="need">What it needs, as the end of "The objective needs ...".</param>
/// <param name="advice">What to do about it.</param>
internal sealed class MissingTermException(
    string need, string advice = "train it with --objective reconstruction, or choose another model")
    : ElboException($"The objective needs {need}, which this model does not have: {advice}.")
{
    /// <inheritdoc/>
    public override int ExitCode => 2;

    public string Need => need;

    public string Advice => advice;
}
