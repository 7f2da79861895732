namespace Elbo.Studio;

/// <summary>How to sample from the chosen condition of the model of a run oneself: as a command, and as C#.</summary>
internal static class RunConditionSource
{
    /// <summary>The command.</summary>
    public static string Command(RunConditionView view)
    {
        var (opened, condition) = (view.Opened, view.State.Condition);
        // The example only where a part of the condition is not given by values.
        var needsExample = opened.Conditions.Any(part => part is not (LabelCondition or AttributesCondition));
        return RunSource.Command(
            opened.Run!,
            "sample",
            ("--label", condition.Label is { } label ? opened.LabelNames?.ElementAtOrDefault(label) ?? $"{label}" : null),
            ("--attribute", condition.AttributesText),
            ("--index", needsExample ? opened.Examples.Indices.Span[condition.Picture] : null),
            ("--split", needsExample ? opened.Split : null),
            ("--count", RunConditionView.CountOf(opened)),
            ("--seed", view.State.Seed),
            ("--out", opened.Shape.Image is null ? "samples.csv" : "samples.png"));
    }

    /// <summary>The program.</summary>
    public static string Code(RunConditionView view)
    {
        var condition = view.State.Condition;
        var example = FormattableString.Invariant($"held.Subset([{condition.Picture}])");
        if (condition.Label is { } label)
            example += FormattableString.Invariant($".WithLabels(new[] {{ {label} }})");
        if (condition.Attributes is { } attributes)
        {
            example += FormattableString.Invariant(
                $".WithAttributes(new RowDataset(ValueShape.Vector({attributes.Count}), new double[] {{ {condition.AttributesText} }}))");
        }

        var count = RunConditionView.CountOf(view.Opened);
        return RunSource.Code(
            view.Opened,
            FormattableString.Invariant($"run.Model.Sample({count}, {example}, seed: {view.State.Seed})"),
            usesExamples: true);
    }
}
