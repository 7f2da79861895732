using System.Globalization;

namespace Elbo.Studio;

/// <summary>How to make samples of a model at a chosen condition oneself: as a command, and as C#.</summary>
internal static class SampleSource
{
    /// <summary>The command that draws the samples of a model at the condition of a condition.</summary>
    public static string Command(OpenModel opened, ChosenCondition condition, int seed)
    {
        (string Name, object? Value)[] options = [.. Condition(opened, condition), .. Output(opened, seed)];
        return opened.Run is { } run
            ? RunSource.Command(run, "sample", options)
            : $"{ModelSource.Command(opened.Bundled!)} --out runs/{opened.Id} && elbo sample runs/{opened.Id} "
                + string.Join(' ', options.Where(option => option.Value is not null)
                    .Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Name} {option.Value}")));
    }

    /// <summary>A program that draws the same samples.</summary>
    public static string? Code(OpenModel opened, ChosenCondition condition, int seed) => Program(
        opened,
        model => FormattableString.Invariant(
            $"{model}.Sample({Generator.CountOf(opened)}{Given(opened, condition, model)}, seed: {seed})"));

    /// <summary>A program that decodes the code of the sliders.</summary>
    public static string? DecodeCode(OpenModel opened, ChosenCondition condition, IReadOnlyList<double> code)
    {
        var numbers = string.Join(", ", code.Select(value => FormattableString.Invariant($"{value:0.##}f")));
        return Program(
            opened,
            model => FormattableString.Invariant(
                $"{model}.Decode(new LatentCodes({code.Count}, [{numbers}]){Decoded(opened, condition, model)})"));
    }

    // Images that have no picture would need another file.
    private static string? Program(OpenModel opened, Func<string, string> values)
    {
        if (opened.Shape.Image is not null && !GeneratedPicture.CanDraw(opened.Shape))
            return null;
        return opened.Bundled is { } bundled
            ? ModelSource.Code(bundled, values("model"))
            : RunSource.Code(opened, values("run.Model"), ChosenCondition.NeedsExample(opened));
    }

    private static IEnumerable<(string Name, object? Value)> Condition(OpenModel opened, ChosenCondition condition)
    {
        if (opened.Labels is not null && condition.Label is { } label)
            yield return ("--label", NameOf(opened, label));
        if (opened.Attributes is not null)
            yield return ("--attribute", AttributesOf(opened, condition));
        if (!ChosenCondition.NeedsExample(opened))
            yield break;
        yield return ("--index", opened.Examples.Indices.Span[condition.Picture]);
        yield return ("--split", opened.Split);
    }

    private static IEnumerable<(string Name, object? Value)> Output(OpenModel opened, int seed)
    {
        yield return ("--count", Generator.CountOf(opened));
        yield return ("--seed", seed);
        yield return ("--out", opened.Shape switch
        {
            { Image: null } => "rows.csv",
            var shape when GeneratedPicture.CanDraw(shape) => "samples.png",
            _ => "samples.npy",
        });
    }

    // A name that several labels have, or that is a number, names no label for certain.
    private static string NameOf(OpenModel opened, int label)
    {
        var name = label < opened.LabelNames?.Count ? opened.LabelNames[label] : null;
        return name is null || int.TryParse(name, out var _) || opened.LabelNames!.Count(other => other == name) > 1 ? $"{label}" : name;
    }

    private static string AttributesOf(OpenModel opened, ChosenCondition condition) =>
        AttributeRange.Text(condition.ValuesOf(opened));

    private static string Given(OpenModel opened, ChosenCondition condition, string model) => opened.Conditions switch
    {
        [] => "",
        [LabelCondition] => $", label: {condition.Label}",
        _ => $", {Example(opened, condition, model)}",
    };

    private static string Decoded(OpenModel opened, ChosenCondition condition, string model) => opened.Conditions switch
    {
        [] => "",
        [LabelCondition] => $", new[] {{ {condition.Label} }}",
        _ => $", {Example(opened, condition, model)}",
    };

    private static string Example(OpenModel opened, ChosenCondition condition, string model)
    {
        var labels = opened.Labels is null ? null : $"new[] {{ {condition.Label} }}";
        var attributes = opened.Attributes is { } part
            ? $"new RowDataset(ValueShape.Vector({part.FeatureCount}), "
                + $"new double[] {{ {AttributesOf(opened, condition).Replace(",", ", ")} }})"
            : null;
        if (!ChosenCondition.NeedsExample(opened))
        {
            return $"new RowDataset({model}.Shape, new float[{model}.Shape.Size]{(labels is null ? "" : $", {labels}")}"
                + $"{(attributes is null ? "" : $", attributes: {attributes}")})";
        }

        var held = opened.Bundled is null ? "held" : "mnist.Test";
        return FormattableString.Invariant($"{held}.Subset([{condition.Picture}])")
            + (labels is null ? "" : $".WithLabels({labels})")
            + (attributes is null ? "" : $".WithAttributes({attributes})");
    }
}
