namespace Elbo;

/// <summary>
/// The type of the numbers of a tensor in a computation graph; the values are those of ONNX's <c>TensorProto.DataType</c>.
/// </summary>
#pragma warning disable CA1720 // The names that these types have in ONNX.
public enum GraphType
{
    /// <summary>float32.</summary>
    Float = 1,

    /// <summary>uint8.</summary>
    Byte = 2,

    /// <summary>int64.</summary>
    Int64 = 7,

    /// <summary>Boolean.</summary>
    Boolean = 9,

    /// <summary>float64.</summary>
    Double = 11,
}
#pragma warning restore CA1720
