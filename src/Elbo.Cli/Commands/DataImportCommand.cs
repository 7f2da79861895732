using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary><c>elbo data import</c>: a dataset made of PNG files or of a NumPy array.</summary>
internal sealed class DataImportCommand : Verb
{
    private readonly Argument<string> _source = new("FOLDER|FILE.npy")
    {
        Description = "PNG files, one folder for each label or all in one; or images as a NumPy array, grey or RGB.",
    };

    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "The labels, in the order of the images: a NumPy file, or text with one whole number a line.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _attributes = new("--attributes")
    {
        Description = "Attributes of the images, one row each in their order: a CSV file with a header, or a NumPy file.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _attributeColumns = new("--attribute-columns")
    {
        Description = "The columns that are taken; all by default.",
        HelpName = "A,B",
    };

    private readonly Option<double?> _test = CommonOptions.Real(
        "--test", "The share of images that becomes the test split (one seventh by default).", above: 0);
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed by which the test images are chosen");
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of the dataset, new or empty.",
        HelpName = "DIR",
        Required = true,
    };

    public DataImportCommand()
        : base(
            "import",
            "Make a dataset of your images.",
            "data import photos --out data/photos",
            "data import photos --attributes poses.csv --attribute-columns yaw,pitch --out data/poses",
            "data import images.npy --labels labels.npy --test 0.2 --out data/mine")
    {
        Arguments.Add(_source);
        Options.Add(_labels);
        Options.Add(_attributes);
        Options.Add(_attributeColumns);
        Options.Add(_test);
        Options.Add(_seed);
        Options.Add(_out);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var output = parsed.GetRequiredValue(_out);
        var result = ImageImport.Import(new ImportOptions
        {
            Source = parsed.GetRequiredValue(_source),
            Output = output,
            Labels = parsed.GetValue(_labels),
            Attributes = parsed.GetValue(_attributes),
            AttributeColumns = parsed.GetValue(_attributeColumns)?.Split(',', StringSplitOptions.TrimEntries),
            TestFraction = parsed.GetValue(_test) ?? ImportOptions.DefaultTestFraction,
            Seed = parsed.GetValue(_seed),
        });
        var (dataset, labels) = (result.Dataset, result.Dataset.Train.LabelCount);
        if (result.IgnoredFiles > 0)
            Console.Error.WriteLine($"Left out: {result.IgnoredFiles} files that are not PNG files.");
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{output}: {dataset.Train.Count} training and {dataset.Test.Count} test images of {dataset.Shape}, {labels} labels")
            + (dataset.Train.Attributes is { } attributes ? $", {attributes.Width} attributes" : ""));
        Console.Out.WriteLine($"Next  {Invocation.Command("train", labels > 0 ? "cvae" : "vae", "--data", output)}");
        return ExitCodes.Done;
    }
}
