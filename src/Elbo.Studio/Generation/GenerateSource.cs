using System.Globalization;

namespace Elbo.Studio;

/// <summary>How to make what the generate view shows oneself: as a command, and as C#.</summary>
internal static class GenerateSource
{
    /// <summary>The command that draws the samples of a model at the condition of a state.</summary>
    public static string Command(OpenModel opened, GenerateState state)
    {
        (string Name, object? Value)[] options = [.. Condition(opened, state), .. Output(opened, state)];
        return opened.Run is { } run
            ? RunSource.Command(run, "sample", options)
            : $"{ModelSource.Command(opened.Bundled!)} --out runs/{opened.Id} && elbo sample runs/{opened.Id} "
                + string.Join(' ', options.Where(option => option.Value is not null)
                    .Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Name} {option.Value}")));
    }

    /// <summary>A program that draws the same samples.</summary>
    public static string? Code(OpenModel opened, GenerateState state) => Program(
        opened,
        model => FormattableString.Invariant($"{model}.Sample({Generator.CountOf(opened)}{Given(opened, state, model)}, seed: {state.Seed})"));

    /// <summary>A program that decodes the code of the sliders.</summary>
    public static string? DecodeCode(OpenModel opened, GenerateState state, IReadOnlyList<double> code)
    {
        var numbers = string.Join(", ", code.Select(value => FormattableString.Invariant($"{value:0.##}f")));
        return Program(
            opened,
            model => FormattableString.Invariant($"{model}.Decode(new LatentCodes({code.Count}, [{numbers}]){Decoded(opened, state, model)})"));
    }

    // Images that have no picture would need another file.
    private static string? Program(OpenModel opened, Func<string, string> values)
    {
        if (opened.Shape.Image is not null && !GeneratedPicture.CanDraw(opened.Shape))
            return null;
        return opened.Bundled is { } bundled
            ? ModelSource.Code(bundled, values("model"))
            : RunSource.Code(opened, values("run.Model"), GivenCondition.NeedsExample(opened));
    }

    private static IEnumerable<(string Name, object? Value)> Condition(OpenModel opened, GenerateState state)
    {
        if (opened.Labels is not null && state.Label is { } label)
            yield return ("--label", NameOf(opened, label));
        if (opened.Attributes is not null)
            yield return ("--attribute", AttributesOf(opened, state));
        if (!GivenCondition.NeedsExample(opened))
            yield break;
        yield return ("--index", opened.Examples.Indices.Span[state.Picture]);
        yield return ("--split", opened.Split);
    }

    private static IEnumerable<(string Name, object? Value)> Output(OpenModel opened, GenerateState state)
    {
        yield return ("--count", Generator.CountOf(opened));
        yield return ("--seed", state.Seed);
        yield return ("--out", opened.Shape.Image is null ? "rows.csv" : GeneratedPicture.CanDraw(opened.Shape) ? "samples.png" : "samples.npy");
    }

    // A name that several labels have, or that is a number, names no label for certain.
    private static string NameOf(OpenModel opened, int label)
    {
        var name = label < opened.LabelNames?.Count ? opened.LabelNames[label] : null;
        return name is null || int.TryParse(name, out var _) || opened.LabelNames!.Count(other => other == name) > 1 ? $"{label}" : name;
    }

    private static string AttributesOf(OpenModel opened, GenerateState state) =>
        AttributeRange.Text(AttributeRange.Read(AttributeRange.Of(opened), state.Attributes));

    private static string Given(OpenModel opened, GenerateState state, string model) => opened.Conditions switch
    {
        [] => "",
        [LabelCondition] => $", label: {state.Label}",
        _ => $", {Example(opened, state, model)}",
    };

    private static string Decoded(OpenModel opened, GenerateState state, string model) => opened.Conditions switch
    {
        [] => "",
        [LabelCondition] => $", new[] {{ {state.Label} }}",
        _ => $", {Example(opened, state, model)}",
    };

    private static string Example(OpenModel opened, GenerateState state, string model)
    {
        var labels = opened.Labels is null ? null : $"new[] {{ {state.Label} }}";
        var attributes = opened.Attributes is { } condition
            ? $"new RowDataset(ValueShape.Vector({condition.FeatureCount}), new double[] {{ {AttributesOf(opened, state).Replace(",", ", ")} }})"
            : null;
        if (!GivenCondition.NeedsExample(opened))
        {
            return $"new RowDataset({model}.Shape, new float[{model}.Shape.Size]{(labels is null ? "" : $", {labels}")}"
                + $"{(attributes is null ? "" : $", attributes: {attributes}")})";
        }

        var held = opened.Bundled is null ? "held" : "mnist.Test";
        return FormattableString.Invariant($"{held}.Subset([{state.Picture}])")
            + (labels is null ? "" : $".WithLabels({labels})")
            + (attributes is null ? "" : $".WithAttributes({attributes})");
    }
}
