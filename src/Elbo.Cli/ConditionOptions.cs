using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>The flags by which a verb is told on what it shall draw: labels and attributes by value, anything by images that have it.</summary>
internal sealed class ConditionOptions
{
    private readonly Option<int[]> _labels = new("--label")
    {
        Description = "A label asked for; again for a row each, in the same styles; every label by default.",
        HelpName = "L",
        CustomParser = NumberListParser.Labels,
    };

    private readonly Option<float[][]> _attributes = new("--attribute")
    {
        Description = "The attributes asked for, in the units of the data; again for a row each.",
        HelpName = "X,X",
        CustomParser = ParseAttributes,
    };

    private readonly Option<int[]> _index = new("--index")
    {
        Description = "An image whose condition is taken: its place in the split, from 0 on; again for a row each; the first ones by default.",
        HelpName = "I",
        CustomParser = NumberListParser.Indices,
    };

    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();

    public IEnumerable<Option> All => [_labels, _attributes, _index, _split, _data];

    /// <summary>The labels asked for.</summary>
    public int[] Labels(ParseResult parsed) => parsed.GetValue(_labels) ?? [];

    /// <summary>Whether a condition other than labels alone has to be chosen.</summary>
    public bool IsNeeded(LatentVariableModel model, ParseResult parsed) =>
        model.Condition is not (null or LabelCondition) || parsed.GetValue(_index) is { Length: > 0 } || parsed.GetValue(_attributes) is { Length: > 0 };

    /// <summary>Puts together the conditions asked for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="most">How many images are taken where none is named.</param>
    public ConditionChoice Read(Run run, ParseResult parsed, int most)
    {
        var condition = run.Model.Condition
            ?? throw new ConfigurationException($"The model of {run.Folder} has no condition: leave out --label, --attribute and --index.");
        var parts = condition is JoinedCondition joined ? joined.Parts : [condition];
        var (labels, attributes, index) = (Labels(parsed), parsed.GetValue(_attributes) ?? [], parsed.GetValue(_index) ?? []);
        var labelCondition = parts.OfType<LabelCondition>().FirstOrDefault();
        var attributesCondition = parts.OfType<AttributesCondition>().FirstOrDefault();
        RequireKind(labels.Length == 0 || labelCondition is not null, "--label", "labels");
        RequireKind(attributes.Length == 0 || attributesCondition is not null, "--attribute", "attributes");
        foreach (var label in labels)
            labelCondition!.RequireLabel(label);
        if (attributes.FirstOrDefault(row => row.Length != attributesCondition!.FeatureCount) is { } odd)
        {
            throw new ConfigurationException(
                $"--attribute {string.Join(',', odd)} has {odd.Length} numbers, but the model is conditioned on {attributesCondition!.FeatureCount}.");
        }

        var isGivenByValues = parts.All(part => part is LabelCondition ? labels.Length > 0 : part is AttributesCondition && attributes.Length > 0);
        var images = isGivenByValues && index.Length == 0
            ? null
            : RunData.Load(run.Directory, parsed.GetValue(_data)).Part(parsed.GetValue(_split));
        foreach (var one in index)
            images!.RequireIndex(one);
        var given = new[] { labels.Length, attributes.Length, index.Length }.Max();
        var rows = given > 0 ? given : Math.Min(most, images!.Count);
        if (images is not null && index.Length == 0)
            index = given > 0 ? [0] : [.. Enumerable.Range(0, rows)];
        return new ConditionChoice(
            Examples(run.Model.Shape, images?.Subset(Fill(index, rows)), Fill(labels, rows), Fill(attributes, rows), rows),
            [.. Enumerable.Range(0, rows).Select(row => Name(row))]);

        string Name(int row) => string.Join(", ", new[]
        {
            labels.Length > 0 ? $"label {Fill(labels, rows)[row]}" : null,
            attributes.Length > 0 ? string.Join(',', Fill(attributes, rows)[row].Select(value => value.ToString(CultureInfo.InvariantCulture))) : null,
            images is null ? null : $"image {Fill(index, rows)[row]}",
        }.OfType<string>());

        void RequireKind(bool isThere, string option, string kind)
        {
            if (!isThere)
                throw new ConfigurationException($"The model of {run.Folder} is not conditioned on {kind}: leave out {option}.");
        }
    }

    private static ImageDataset Examples(ImageShape shape, ImageDataset? images, int[] labels, float[][] attributes, int rows)
    {
        var pixels = images?.Pixels ?? new byte[rows * shape.Pixels];
        var ofValues = attributes.Length == 0 ? null : new ExampleAttributes(attributes[0].Length, [.. attributes.SelectMany(row => row)]);
        return new ImageDataset(
            shape,
            pixels,
            labels.Length > 0 ? labels.Select(label => (byte)label).ToArray() : images?.Labels ?? default,
            ofValues ?? images?.Attributes);
    }

    // One value stands for every row.
    private static T[] Fill<T>(T[] values, int rows) => values.Length switch
    {
        0 => [],
        1 => [.. Enumerable.Repeat(values[0], rows)],
        var count when count == rows => values,
        var count => throw new ConfigurationException(
            $"{count} and {rows} conditions do not go together: give --label, --attribute and --index once, or as often as each other."),
    };

    private static float[][] ParseAttributes(ArgumentResult result)
    {
        var rows = new List<float[]>();
        foreach (var token in result.Tokens)
        {
            if (AttributeParser.TryParse(token.Value) is not { } row)
            {
                result.AddError($"'{token.Value}' are no attributes: write numbers with commas between them");
                return [];
            }

            rows.Add(row);
        }

        return [.. rows];
    }
}

/// <summary>Conditions that were asked for.</summary>
/// <param name="Examples">Examples that have them.</param>
/// <param name="Names">What each is called in a picture.</param>
internal sealed record ConditionChoice(ImageDataset Examples, IReadOnlyList<string> Names);
