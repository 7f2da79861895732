namespace Elbo;

/// <summary>Writes a graph as a file of ONNX (the messages of <c>onnx.proto</c>, of which it needs nine).</summary>
internal static class OnnxFile
{
    /// <summary>The version of the operators where no other is asked for.</summary>
    public const int DefaultOpset = 17;

    // The name of the batch axis, of any size.
    private const string Batch = "n";

    // A message of Protocol Buffers has less than 2 GiB.
    private const long MaxWeights = int.MaxValue / 2;

    /// <summary>The file of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="opset">The version of the operators: 13 to 17.</param>
    /// <param name="metadata">What is written into the file for its readers.</param>
    /// <param name="weightsFile">
    /// The file in which the weights are found by their names, relative to this one; null to write them into this one.
    /// </param>
    /// <returns>The bytes.</returns>
    /// <exception cref="SettingsException">The weights are more than a file of ONNX can hold.</exception>
    public static byte[] Of(
        GraphBuilder graph, int opset, IReadOnlyList<(string Key, string Value)> metadata, string? weightsFile = null)
    {
        if (weightsFile is null && graph.Constants.Sum(constant => (long)constant.Bytes.Length) > MaxWeights)
            throw new SettingsException($"The weights of '{graph.Name}' are more than {MaxWeights >> 20} MiB, too many for one ONNX file.");
        var model = new ProtobufWriter();
        model.Write(1, (long)IntermediateRepresentation(opset));
        model.Write(2, "Elbo");
        model.Write(3, typeof(OnnxFile).Assembly.GetName().Version!.ToString(3));
        model.Write(7, writer => WriteGraph(writer, graph, weightsFile));
        model.Write(8, version =>
        {
            version.Write(1, "");
            version.Write(2, (long)opset);
        });
        foreach (var (key, value) in metadata)
        {
            model.Write(14, entry =>
            {
                entry.Write(1, key);
                entry.Write(2, value);
            });
        }

        return model.Written.ToArray();
    }

    // The version of the format that came with a version of the operators.
    private static int IntermediateRepresentation(int opset) => opset >= 15 ? 8 : 7;

    private static void WriteGraph(ProtobufWriter writer, GraphBuilder graph, string? weightsFile)
    {
        foreach (var node in graph.Nodes)
            writer.Write(1, inner => WriteNode(inner, node));
        writer.Write(2, graph.Name);
        foreach (var constant in graph.Constants)
        {
            writer.Write(5, tensor =>
            {
                foreach (var size in constant.Value.Shape)
                    tensor.Write(1, size);
                tensor.Write(2, (long)constant.Value.Type);
                tensor.Write(8, constant.Value.Name);
                if (weightsFile is null || !constant.IsWeight)
                    tensor.Write(9, constant.Bytes);
                else
                    WriteLocation(tensor, weightsFile);
            });
        }

        foreach (var port in graph.Inputs)
            writer.Write(11, inner => WritePort(inner, port));
        foreach (var port in graph.Outputs)
            writer.Write(12, inner => WritePort(inner, port));
    }

    private static void WriteLocation(ProtobufWriter tensor, string file)
    {
        const long external = 1;
        tensor.Write(13, entry =>
        {
            entry.Write(1, "location");
            entry.Write(2, file);
        });
        tensor.Write(14, external);
    }

    private static void WriteNode(ProtobufWriter writer, GraphNode node)
    {
        foreach (var input in node.Inputs)
            writer.Write(1, input);
        writer.Write(2, node.Output);
        writer.Write(4, node.Operator);
        foreach (var (name, value) in node.Attributes)
            writer.Write(5, attribute => WriteAttribute(attribute, name, value));
    }

    private static void WriteAttribute(ProtobufWriter writer, string name, object value)
    {
        const int type = 20;
        writer.Write(1, name);
        switch (value)
        {
            case float number:
                writer.Write(2, number);
                writer.Write(type, 1L);
                break;
            case long integer:
                writer.Write(3, integer);
                writer.Write(type, 2L);
                break;
            case IEnumerable<long> integers:
                foreach (var integer in integers)
                    writer.Write(8, integer);
                writer.Write(type, 7L);
                break;
            default:
                throw new ArgumentException($"The attribute '{name}' is a {value.GetType().Name}, not a float, a long or a list of long.");
        }
    }

    private static void WritePort(ProtobufWriter writer, GraphPort port)
    {
        writer.Write(1, port.Value.Name);
        writer.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, (long)port.Value.Type);
            tensor.Write(2, shape =>
            {
                foreach (var size in port.Value.Shape)
                {
                    shape.Write(1, dimension =>
                    {
                        if (size < 0)
                            dimension.Write(2, Batch);
                        else
                            dimension.Write(1, size);
                    });
                }
            });
        }));
        writer.Write(3, port.Meaning);
    }
}
