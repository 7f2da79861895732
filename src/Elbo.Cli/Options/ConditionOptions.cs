using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>
/// The options that select the conditions to sample at: labels and attributes by value, or any condition taken from images of a split.
/// </summary>
internal sealed class ConditionOptions
{
    private readonly Option<string[]> _labels = new("--label")
    {
        Description = "A label to condition on, by its name or, where the data has no such name, its number; repeat for one row per label "
            + "with shared styles; all labels by default.",
        HelpName = "L",
    };

    private readonly Option<double[][]> _attributes = new("--attribute")
    {
        Description = "Attribute values to condition on, in the units of the data; repeat for one row per set of values.",
        HelpName = "X,X",
        CustomParser = ParseAttributes,
    };

    private readonly Option<int[]> _index = new("--index")
    {
        Description = "The zero-based index in the data of an example of the split, whose condition is used; repeat for one row each; the "
            + "first examples by default.",
        HelpName = "I",
        CustomParser = NumberListParser.Indices,
    };

    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();

    public IEnumerable<Option> All => [_labels, _attributes, _index, _split, _data];

    /// <summary>The labels given on the command line.</summary>
    public string[] Labels(ParseResult parsed) => parsed.GetValue(_labels) ?? [];

    /// <summary>Whether a condition beyond labels alone must be selected.</summary>
    public bool IsNeeded(LatentVariableModel model, ParseResult parsed) =>
        model.Condition is not (null or LabelCondition)
        || parsed.GetValue(_index) is { Length: > 0 }
        || parsed.GetValue(_attributes) is { Length: > 0 };

    /// <summary>Assembles the selected conditions.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="maximum">The number of images to take if none is selected.</param>
    public ConditionChoice Read(Run run, ParseResult parsed, int maximum)
    {
        var condition = run.Model.Condition
            ?? throw new SettingsException($"The model of {run.Folder} has no condition: omit --label, --attribute and --index.");
        var parts = condition is JoinedCondition joined ? joined.Parts : [condition];
        var (asked, attributes, index) = (Labels(parsed), parsed.GetValue(_attributes) ?? [], parsed.GetValue(_index) ?? []);
        var labelCondition = parts.OfType<LabelCondition>().FirstOrDefault();
        var attributesCondition = parts.OfType<AttributesCondition>().FirstOrDefault();
        RequireKind(asked.Length == 0 || labelCondition is not null, "--label", "labels");
        RequireKind(attributes.Length == 0 || attributesCondition is not null, "--attribute", "attributes");
        var names = RunLabels.Of(run);
        int[] labels = [.. asked.Select(label => names.Find(labelCondition!, label))];
        if (attributes.FirstOrDefault(row => row.Length != attributesCondition!.FeatureCount) is { } invalid)
        {
            throw new SettingsException(
                $"--attribute {string.Join(',', invalid)} has {invalid.Length} values, but the model is conditioned on "
                + $"{attributesCondition!.FeatureCount}: give one value per attribute.");
        }

        var isGivenByValues = parts.All(
            part => part is LabelCondition ? labels.Length > 0 : part is AttributesCondition && attributes.Length > 0);
        var images = isGivenByValues && index.Length == 0
            ? null
            : RunData.Load(run.Directory, parsed.GetValue(_data)).GetRows(parsed.GetValue(_split), run.Model);
        if (index.Length > 0)
            index = images!.PositionsOf(index);
        var given = new[] { labels.Length, attributes.Length, index.Length }.Max();
        var rows = given > 0 ? given : Math.Min(maximum, images!.Count);
        if (images is not null && index.Length == 0)
            index = given > 0 ? [0] : [.. Enumerable.Range(0, rows)];
        return new ConditionChoice(
            Examples(run.Model.Shape, images?.Subset(Fill(index, rows)), Fill(labels, rows), Fill(attributes, rows), rows),
            [.. Enumerable.Range(0, rows).Select(row => Name(row))]);

        string Name(int row) => string.Join(", ", new[]
        {
            labels.Length > 0 ? $"label {names.TextOf(Fill(labels, rows)[row])}" : null,
            attributes.Length > 0
                ? string.Join(',', Fill(attributes, rows)[row].Select(value => value.ToString(CultureInfo.InvariantCulture)))
                : null,
            images is null ? null : $"image {images.Indices.Span[Fill(index, rows)[row]]}",
        }.OfType<string>());

        void RequireKind(bool isSupported, string option, string kind)
        {
            if (!isSupported)
                throw new SettingsException($"The model of {run.Folder} is not conditioned on {kind}: omit {option}.");
        }
    }

    private static RowDataset Examples(ValueShape shape, ExampleSet? images, int[] labels, double[][] attributes, int rows)
    {
        var values = images?.ToValues().Values ?? new float[rows * shape.Size];
        var givenAttributes = attributes.Length == 0
            ? null
            : new RowDataset(ValueShape.Vector(attributes[0].Length), attributes.SelectMany(row => row).ToArray());
        return new RowDataset(
            shape,
            values,
            labels.Length > 0 ? labels : images?.Labels ?? default,
            givenAttributes ?? images?.Attributes);
    }

    // A single value is repeated for every row.
    private static T[] Fill<T>(T[] values, int rows) => values.Length switch
    {
        0 => [],
        1 => [.. Enumerable.Repeat(values[0], rows)],
        var count when count == rows => values,
        var count => throw new SettingsException(
            $"{count} and {rows} conditions cannot be combined: give --label, --attribute and --index once, or the same number of times."),
    };

    private static double[][] ParseAttributes(ArgumentResult result)
    {
        var rows = new List<double[]>();
        foreach (var token in result.Tokens)
        {
            if (AttributeParser.TryParse(token.Value) is not { } row)
            {
                result.AddError($"'{token.Value}' is not a list of attributes: write comma-separated numbers");
                return [];
            }

            rows.Add(row);
        }

        return [.. rows];
    }
}

/// <summary>Conditions selected on the command line.</summary>
/// <param name="Examples">Examples that have these conditions.</param>
/// <param name="Names">The label of each condition in an image grid.</param>
internal sealed record ConditionChoice(ExampleSet Examples, IReadOnlyList<string> Names);
