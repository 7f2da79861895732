namespace Elbo.Studio;

/// <summary>The state of the condition view for the model of a run.</summary>
/// <param name="Model">The id of the run's model.</param>
/// <param name="Condition">The chosen condition.</param>
/// <param name="Seed">The seed of the samples.</param>
internal sealed record RunConditionState(string Model, ChosenCondition Condition, int Seed)
{
    public string ToAddress() => Address.Of(
        "condition",
        ("model", Model),
        ("label", Condition.Label),
        ("attributes", Condition.Attributes),
        ("picture", Condition.Picture),
        ("seed", Seed));
}
