namespace Elbo;

/// <summary>One operation of a graph: an operator of ONNX, applied to named tensors.</summary>
/// <param name="Operator">The name of the operator, such as <c>Gemm</c>.</param>
/// <param name="Inputs">The names of the tensors it gets.</param>
/// <param name="Output">The name of the tensor it makes.</param>
/// <param name="Attributes">Its attributes: float, long, or a list of long.</param>
internal sealed record GraphNode(
    string Operator, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<(string Name, object Value)> Attributes);

/// <summary>A constant of a graph: a weight or a number of a formula.</summary>
/// <param name="Value">Its name, type and shape.</param>
/// <param name="Bytes">Its numbers, little-endian, in the order of rows.</param>
/// <param name="IsWeight">Whether it has the name and numbers of a parameter or buffer of the model.</param>
internal sealed record GraphConstant(GraphValue Value, byte[] Bytes, bool IsWeight);

/// <summary>An input or output of a graph.</summary>
/// <param name="Value">Its name, type and shape.</param>
/// <param name="Meaning">What it is, for whoever reads the file.</param>
internal sealed record GraphPort(GraphValue Value, string Meaning);
