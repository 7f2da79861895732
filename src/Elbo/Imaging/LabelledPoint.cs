namespace Elbo;

/// <summary>A point of a plot and its label.</summary>
/// <param name="X">The horizontal coordinate.</param>
/// <param name="Y">The vertical coordinate.</param>
/// <param name="Label">The label, drawn beside it.</param>
public sealed record LabelledPoint(double X, double Y, string Label)
{
    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(LabelledPoint), PrintMembers);
}
