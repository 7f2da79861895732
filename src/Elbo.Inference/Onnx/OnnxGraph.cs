namespace Elbo.Inference;

/// <summary>The element types of ONNX that graphs of Elbo have.</summary>
internal enum ElementType
{
    Float = 1,
    Byte = 2,
    Int64 = 7,
    Boolean = 9,
    Double = 11,
}

/// <summary>A file of ONNX: one graph and its metadata.</summary>
/// <param name="Nodes">The operations, each after those whose results it takes.</param>
/// <param name="Tensors">The constants.</param>
/// <param name="Inputs">The inputs, without the constants.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Metadata">What the file says about the model.</param>
internal sealed record OnnxGraph(
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyList<OnnxTensor> Tensors,
    IReadOnlyList<OnnxPort> Inputs,
    IReadOnlyList<OnnxPort> Outputs,
    IReadOnlyDictionary<string, string> Metadata);

/// <summary>An operation.</summary>
internal sealed record OnnxNode(
    string Operator,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    public long Integer(string name, long otherwise) => Attributes.TryGetValue(name, out var attribute) ? attribute.Integer : otherwise;

    public float Number(string name, float otherwise) => Attributes.TryGetValue(name, out var attribute) ? attribute.Number : otherwise;

    public IReadOnlyList<long>? Integers(string name) => Attributes.TryGetValue(name, out var attribute) ? attribute.Integers : null;
}

/// <summary>An attribute: one of the three kinds of values.</summary>
internal sealed record OnnxAttribute(float Number, long Integer, IReadOnlyList<long> Integers);

/// <summary>A constant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type, by number.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Data">Its numbers, little-endian; null where they are in the file of weights, by its name.</param>
internal sealed record OnnxTensor(string Name, ElementType Type, int[] Shape, byte[]? Data);

/// <summary>An input or output; -1 in its shape is the batch.</summary>
internal sealed record OnnxPort(string Name, ElementType Type, int[] Shape);
