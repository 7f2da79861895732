namespace Elbo;

/// <summary>
/// The computation graphs in the folder of a run, for programs that have neither libtorch nor the types that the model is made of
/// (docs/decisions/0032-inference.md). They name the weights; the numbers are those of the best checkpoint.
/// </summary>
internal static class RunGraphs
{
    private const string WeightsFile = "../checkpoints/best.safetensors";

    /// <summary>Writes the graphs of a model; none where a part of it does not describe its operations.</summary>
    public static void Write(RunDirectory directory, GenerativeModel model, DatasetRecord dataset, DataConfiguration data)
    {
        if (model is not LatentVariableModel described)
            return;
        try
        {
            var values = new GraphValues(described, floatImages: false);
            IReadOnlyList<(string, string)> metadata = [.. GraphMetadata.Of(described, values), .. GraphMetadata.Of(dataset, data)];
            foreach (var graph in ModelGraphs.Of(described, floatImages: false).Graphs)
            {
                AtomicFile.WriteBytes(
                    directory.GraphPath(graph.Name),
                    OnnxFile.Of(graph, OnnxFile.DefaultOpset, [("elbo.graph", graph.Name), .. metadata], WeightsFile));
            }
        }
        catch (SettingsException)
        {
            // A training does not depend on it, and an export says which part it is.
        }
    }
}
