using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Elbo.Onnx;

/// <summary>Compares exported graphs, run by ONNX Runtime on the CPU, with the model that they were exported from.</summary>
public static class OnnxCheck
{
    /// <summary>The greatest |a - b| / max(1, |b|) with which an export counts as equal to its model.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>
    /// Runs every graph of an export on examples, with epsilon drawn from a seed, and compares its outputs with the model's.
    /// </summary>
    /// <param name="model">The model, with the weights that were exported.</param>
    /// <param name="folder">The folder of the export (<see cref="OnnxExport"/>).</param>
    /// <param name="examples">The examples, as many as are to be compared: all of them go through the model in one batch.</param>
    /// <param name="seed">The seed of epsilon.</param>
    /// <returns>One line for each output that the model computes itself.</returns>
    /// <exception cref="InputException">A file cannot be read, or is not a graph of such a model.</exception>
    /// <exception cref="ArgumentException">The examples do not fit the model.</exception>
    public static IReadOnlyList<OnnxDifference> Run(LatentVariableModel model, string folder, ExampleSet examples, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(examples);
        if (!Directory.Exists(folder))
            throw new InputException($"{folder} is not the folder of an export: it does not exist.");
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var differences = new List<OnnxDifference>();
        var files = Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new InputException($"{folder} is not the folder of an export: it has no .onnx file.");
        foreach (var path in files)
        {
            using var session = Open(path);
            var graph = Path.GetFileNameWithoutExtension(path);
            var inputs = new CheckInputs(model, examples, seed, session);
            var expected = new ExpectedOutputs(model, inputs).Of(graph);
            differences.AddRange(Run(session, path, inputs)
                .Where(output => expected.ContainsKey(output.Name))
                .Select(output => OnnxDifference.Of(graph, output.Name, output.Values, expected[output.Name])));
        }

        return differences;
    }

    private static InferenceSession Open(string path)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw NotRun(path, exception);
        }
    }

    private static List<(string Name, float[] Values)> Run(InferenceSession session, string path, CheckInputs inputs)
    {
        var values = inputs.For(session);
        try
        {
            using var run = new RunOptions();
            using var outputs = session.Run(run, values, session.OutputNames);
            return [.. session.OutputNames.Zip(outputs, (name, output) => (name, output.GetTensorDataAsSpan<float>().ToArray()))];
        }
        catch (OnnxRuntimeException exception)
        {
            throw NotRun(path, exception);
        }
        finally
        {
            foreach (var value in values.Values)
                value.Dispose();
        }
    }

    private static InputException NotRun(string path, OnnxRuntimeException exception) =>
        new($"ONNX Runtime does not run {path}: {exception.Message}", exception);
}
