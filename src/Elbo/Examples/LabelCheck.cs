namespace Elbo;

/// <summary>Rejects labels that do not fit their examples.</summary>
internal static class LabelCheck
{
    /// <exception cref="InputException">There is not one label for each example, one is negative, or one has no name.</exception>
    public static void Ensure(ReadOnlyMemory<int> labels, int count, IReadOnlyList<string>? names)
    {
        if (labels.IsEmpty)
            return;
        if (labels.Length != count)
            throw new InputException($"There are {labels.Length} labels for {count} examples: give one for each, or none.");
        var max = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var label = labels.Span[i];
            if (label is < 0 or int.MaxValue)
                throw new InputException($"Example {i} (zero-based) has the label {label}: labels are integers from 0.");
            max = Math.Max(max, label);
        }

        if (names is not null && names.Count <= max)
            throw new InputException($"There is a label {max}, but names for {names.Count} labels only.");
    }
}
