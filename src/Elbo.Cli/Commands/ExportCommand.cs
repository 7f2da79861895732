using System.CommandLine;
using System.Globalization;
using Elbo.Onnx;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo export</c>: writes the graphs of a model as files of ONNX.</summary>
internal sealed class ExportCommand : ExecutableCommand
{
    private const int CheckedExamples = 100;

    private readonly Argument<string> _run = CommonOptions.Run();

    private readonly Option<string> _out = new("--out")
    {
        Description = "A new folder: encoder.onnx, prior.onnx, decoder.onnx, sampler.onnx and score.onnx, without those that a model of "
            + "this kind has not. Inputs are in the units of the data; epsilon is an input, the graphs draw nothing.",
        HelpName = "FOLDER",
        Required = true,
    };

    private readonly Option<int> _opset = new("--opset")
    {
        Description = "The version of ONNX's operators: 17, or 13 for older runtimes.",
        HelpName = "17|13",
        DefaultValueFactory = _ => OnnxExport.DefaultOpset,
    };

    private readonly Option<bool> _floatImages = new("--float-images")
    {
        Description = "Take images as float32 in 0..1 instead of bytes.",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = $"Run the graphs with ONNX Runtime on {CheckedExamples} test examples and print the greatest difference to the "
            + "model, |a - b| / max(1, |b|), of each output; above 1e-4 the command fails.",
    };

    public ExportCommand()
        : base(
            "export",
            "Write the model as ONNX files, which run without Elbo.",
            "export runs/cvae-1 --out sixes --check",
            "export runs/vae-1 --out old --opset 13")
    {
        Arguments.Add(_run);
        Options.Add(_out);
        Options.Add(_opset);
        Options.Add(_floatImages);
        Options.Add(_check);
    }

    protected override int Execute(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(_out);
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run));
        // Before anything is written: the data may be missing.
        var examples = parsed.GetValue(_check) ? TestExamples(run) : null;
        var result = OnnxExport.Write(
            run, folder, new() { Opset = parsed.GetValue(_opset), FloatImages = parsed.GetValue(_floatImages) });
        if (run.Directory.ReadCalibration() is { } record && run.FindStaleness(record) is { } stale)
            Console.Error.WriteLine($"Without the threshold: {PrintableText.Of(stale)}");
        foreach (var (graph, reason) in result.LeftOut)
            Console.Error.WriteLine($"Without {graph}: {PrintableText.Of(reason)}.");
        foreach (var graph in result.Graphs)
            Console.Out.WriteLine(PrintableText.Of(Path.Combine(folder, $"{graph}.onnx")));
        return examples is null ? ExitCodes.Done : Check(run, result, examples);
    }

    // Not a reading of the test split that a record would count: nothing about the model is learned from them.
    private static ExampleSet TestExamples(Run run)
    {
        var dataset = RunData.Load(run.Directory, null).Dataset;
        var examples = dataset.Test.Count > 0 ? dataset.Test : dataset.Train;
        return examples.Subset([.. Enumerable.Range(0, Math.Min(CheckedExamples, examples.Count))]);
    }

    private static int Check(Run run, OnnxExportResult result, ExampleSet examples)
    {
        var differences = OnnxCheck.Run(run.Model, result.Folder, examples, run.Configuration.Training.Seed);
        var table = new TextTable("graph", "output", "greatest difference");
        foreach (var (graph, output, greatest) in differences)
            table.Add(graph, output, greatest.ToString("0.0e+00", CultureInfo.InvariantCulture));
        table.Write(Console.Out);
        var failed = differences.Where(difference => !difference.IsWithinTolerance).ToList();
        if (failed.Count == 0)
        {
            Console.Out.WriteLine($"Equal to the model on {examples.Count} examples, within {OnnxCheck.Tolerance:0.####}.");
            return ExitCodes.Done;
        }

        Console.Error.WriteLine(
            $"elbo: {failed.Count} of {differences.Count} outputs differ from the model by more than {OnnxCheck.Tolerance:0.####}: the "
            + "files are written, but do not use them.");
        return ExitCodes.Failed;
    }
}
