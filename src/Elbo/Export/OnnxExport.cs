using System.Security.Cryptography;

namespace Elbo;

/// <summary>
/// Exports models to ONNX (<see href="https://onnx.ai"/>): one file for each graph, made of what the parts of a model describe. Noise is an
/// input, so the same numbers give the same result in every runtime.
/// </summary>
public static class OnnxExport
{
    /// <summary>The version of the operators where no other is asked for.</summary>
    public const int DefaultOpset = OnnxFile.DefaultOpset;

    private static readonly int[] Opsets = [13, DefaultOpset];

    /// <summary>
    /// Writes the graphs of a model: <c>encoder</c> (x, c → mean, log_variance), <c>prior</c> (c → mean, log_variance), <c>decoder</c>
    /// (z, c → parameters, mean), <c>sampler</c> (c, epsilon → image or row) and <c>score</c> (x, c, epsilon → reconstruction, kl,
    /// negative_elbo, in nats), without those that a model of its kind has not. Any number of threads may export a model.
    /// </summary>
    /// <param name="model">The model, with the weights that it has now.</param>
    /// <param name="folder">A new folder, or an empty one; nothing is written if the export fails.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="SettingsException">
    /// A part of the model does not describe its operations, the folder has content, or the opset is none of 13 and 17.
    /// </exception>
    /// <exception cref="EnvironmentException">The folder cannot be written.</exception>
    public static OnnxExportResult Write(LatentVariableModel model, string folder, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Write(model, folder, options ?? new(), []);
    }

    /// <summary>
    /// Writes the graphs of a run's model, with the names of its data, the hashes of its files and the threshold for anomalies
    /// (<see cref="Run.ReadThreshold"/>) in the metadata.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">A new folder, or an empty one; nothing is written if the export fails.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="SettingsException">
    /// A part of the model does not describe its operations, the folder has content, or the opset is none of 13 and 17.
    /// </exception>
    /// <exception cref="InputException">A file of the run cannot be read.</exception>
    /// <exception cref="EnvironmentException">The folder cannot be written.</exception>
    public static OnnxExportResult Write(Run run, string folder, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var model = run.GenerativeModel as LatentVariableModel ?? throw new SettingsException(
            $"The model {run.GenerativeModel.GetType().Name} cannot be exported: only models with one code can.");
        return Write(model, folder, options ?? new(), MetadataOf(run));
    }

    private static OnnxExportResult Write(
        LatentVariableModel model, string folder, OnnxExportOptions options, IReadOnlyList<(string Key, string Value)> ofRun)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Opsets.Contains(options.Opset))
            throw new SettingsException($"The opset {options.Opset} is not possible: choose {string.Join(" or ", Opsets)}.");
        var (graphs, leftOut) = ModelGraphs.Of(model, options.FloatImages);
        IReadOnlyList<(string Key, string Value)> metadata =
            [.. GraphMetadata.Of(model, new GraphValues(model, options.FloatImages)), .. ofRun];
        const string what = "an export";
        using var staged = StagedFolder.Create(folder, what);
        var names = new List<string>();
        foreach (var graph in graphs)
        {
            AtomicFile.WriteBytes(
                Path.Combine(staged.Path, $"{graph.Name}.onnx"),
                OnnxFile.Of(graph, options.Opset, [("elbo.graph", graph.Name), .. metadata]));
            names.Add(graph.Name);
        }

        return new OnnxExportResult(staged.Publish($"{names[^1]}.onnx", what), names, leftOut);
    }

    private static List<(string Key, string Value)> MetadataOf(Run run)
    {
        List<(string Key, string Value)> metadata = [.. GraphMetadata.Of(run.Directory.ReadRecord().Dataset, run.Configuration.Data)];
        metadata.Add(("elbo.configuration_sha256", Sha256(run.Directory.ConfigurationPath)));
        metadata.Add(("elbo.weights_sha256", Sha256(run.Directory.BestWeightsPath)));
        if (run.ReadThreshold() is { } threshold)
            metadata.AddRange(GraphMetadata.Of(threshold, run.Configuration.Objective.Samples, run.Configuration.Training.Seed));
        return metadata;
    }

    private static string Sha256(string path) =>
        RunFile.Read(path, long.MaxValue, stream => Convert.ToHexStringLower(SHA256.HashData(stream)));
}
