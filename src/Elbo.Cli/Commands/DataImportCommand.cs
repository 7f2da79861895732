using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary><c>elbo data import</c>: creates a dataset from pictures or a NumPy array.</summary>
internal sealed class DataImportCommand : ExecutableCommand
{
    private readonly Argument<string> _source = new("FOLDER|FILE.npy")
    {
        Description = "A folder of pictures (PNG, JPEG, WebP, BMP), with one subfolder per label or none, or with folders train and test "
            + "of either; or images as a NumPy array, grey or RGB.",
    };

    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "The labels: a CSV file with a column label, joined by a column filename if it has one; or in the order of the "
            + "images, a NumPy file or a text file with one integer per line.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _attributes = new("--attributes")
    {
        Description = "Attributes of the images, one row per image: a CSV file with a header, joined by a column filename if it has one, "
            + "or in the order of the images; or a NumPy file.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _attributeColumns = new("--attribute-columns")
    {
        Description = "The columns to use; all by default.",
        HelpName = "A,B",
    };

    private readonly PictureOptionSet _pictures = new();
    private readonly Option<double?> _test = CommonOptions.Number(
        "--test", "The fraction of images in the test split (one seventh by default); folders train and test are splits themselves.",
        exclusiveMinimum: 0);
    private readonly Option<ulong> _seed = CommonOptions.Seed("The seed of the random split");
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of the dataset; it must be new or empty.",
        HelpName = "DIR",
        Required = true,
    };

    public DataImportCommand()
        : base(
            "import",
            "Create a dataset from your images. Tables need no import: train with a folder of train.csv and test.csv.",
            "data import photos --out data/photos",
            "data import photos --resize 64 --crop --background white --out data/photos",
            "data import photos --attributes poses.csv --attribute-columns yaw,pitch --out data/poses",
            "data import images.npy --labels labels.npy --test 0.2 --out data/mine")
    {
        Arguments.Add(_source);
        Options.Add(_labels);
        Options.Add(_attributes);
        Options.Add(_attributeColumns);
        _pictures.AddTo(this);
        Options.Add(_test);
        Options.Add(_seed);
        Options.Add(_out);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var output = parsed.GetRequiredValue(_out);
        using var signals = new TerminationSignals("Stopping: nothing of the import is left.");
        var result = Import(signals, new ImportOptions
        {
            Source = parsed.GetRequiredValue(_source),
            Output = output,
            Labels = parsed.GetValue(_labels),
            Attributes = parsed.GetValue(_attributes),
            AttributeColumns = parsed.GetValue(_attributeColumns)?.Split(',', StringSplitOptions.TrimEntries),
            Pictures = _pictures.Read(parsed),
            TestFraction = parsed.GetValue(_test) ?? ImportOptions.DefaultTestFraction,
            Seed = parsed.GetValue(_seed),
        });
        var (dataset, labels) = (result.Dataset, result.Dataset.Train.LabelCount);
        if (result.IgnoredFiles > 0)
            Console.Error.WriteLine($"Ignored {result.IgnoredFiles} files that are not pictures.");
        foreach (var note in result.Notes)
            Console.Error.WriteLine(note);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{output}: {dataset.Train.Count} training and {dataset.Test.Count} test images of {dataset.Shape}, {labels} labels")
            + (dataset.Train.Attributes is { } attributes ? $", {attributes.Shape.Size} attributes" : ""));
        Console.Out.WriteLine($"Next  {Invocation.Command("train", labels > 0 ? "cvae" : "vae", "--data", output)}");
        return ExitCodes.Done;
    }

    private static ImportResult Import(TerminationSignals signals, ImportOptions options)
    {
        try
        {
            return ImageImport.Import(options, signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            throw new SignalledException($"Stopped: {options.Output} was not made.", signals.ExitCode);
        }
    }
}
