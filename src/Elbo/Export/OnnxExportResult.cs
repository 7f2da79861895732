namespace Elbo;

/// <summary>What an export has written.</summary>
/// <param name="Folder">The full path of the folder.</param>
/// <param name="Graphs">The names of the graphs; each is a file <c>NAME.onnx</c>.</param>
/// <param name="LeftOut">The graphs that a model of this kind has not, and why.</param>
public sealed record OnnxExportResult(
    string Folder, IReadOnlyList<string> Graphs, IReadOnlyList<(string Graph, string Reason)> LeftOut);
