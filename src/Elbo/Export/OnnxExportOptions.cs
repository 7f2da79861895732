namespace Elbo;

/// <summary>How a model is exported to ONNX.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The version of ONNX's operators: 17 (default) or 13, for older runtimes. The operations are the same.</summary>
    public int Opset { get; init; } = OnnxExport.DefaultOpset;

    /// <summary>
    /// Whether images are float32 in 0..1 instead of bytes. They are in any case where the model takes zeros and ones, or standardises.
    /// </summary>
    public bool FloatImages { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(OnnxExportOptions), PrintMembers);
}
