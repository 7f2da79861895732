using System.CommandLine;

namespace Elbo.Cli;

/// <summary>The options by which a verb is told of which examples it shall take the conditions.</summary>
internal sealed class ExampleOptions
{
    private readonly Option<int[]> _indices = new("--index")
    {
        Description = "An example that lends its condition: its place in the split, from 0 on; again for more; the first ones by default.",
        HelpName = "I",
        CustomParser = LabelParser.Parse,
    };

    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _data = CommonOptions.Data();

    public void AddTo(Command command)
    {
        command.Options.Add(_indices);
        command.Options.Add(_split);
        command.Options.Add(_data);
    }

    public bool AreGiven(ParseResult parsed) =>
        new Option[] { _indices, _split, _data }.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The examples that were asked for, or the first ones.</summary>
    public (ImageDataset Examples, int[] Indices) Load(Run run, ParseResult parsed, int count)
    {
        var part = RunData.Load(run.Directory, parsed.GetValue(_data)).Part(parsed.GetValue(_split));
        int[] asked = parsed.GetValue(_indices) ?? [];
        if (asked.Length == 0)
            asked = [.. Enumerable.Range(0, Math.Min(count, part.Count))];
        if (asked.FirstOrDefault(index => index >= part.Count, -1) is >= 0 and var missing)
            throw new ConfigurationException($"There is no image {missing}: this split has the images 0 to {part.Count - 1}.");
        return (part.Subset(asked), asked);
    }
}
