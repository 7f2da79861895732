using System.Numerics.Tensors;

namespace Elbo.Inference;

/// <summary>An input of a graph.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Value">Its place in the plan.</param>
internal sealed record InputBinding(InputKind Kind, Value Value)
{
    private const float MaxByte = byte.MaxValue;

    /// <summary>The numbers of an example.</summary>
    public int RowSize => Value.Storage.RowSize;

    /// <exception cref="InvalidDataException">The graph has an input of another name or type.</exception>
    public static InputBinding Of(string name, Value value) => new(
        name switch
        {
            "image" or "row" => InputKind.Values,
            "visible" => InputKind.Visible,
            "label" when value.Type == ElementType.Int64 => InputKind.Label,
            "attributes" when value.Type == ElementType.Double => InputKind.Attributes,
            "z" => InputKind.Code,
            "epsilon" => InputKind.Epsilon,
            _ => throw new InvalidDataException($"the input '{name}' is none of a graph of Elbo"),
        },
        value);

    /// <summary>How many examples there are of this input, and a whole number of them is.</summary>
    /// <exception cref="ArgumentException">They are not whole rows.</exception>
    public int Count(in ModelInputs inputs)
    {
        var length = Kind switch
        {
            InputKind.Values when !inputs.Pixels.IsEmpty => inputs.Pixels.Length,
            InputKind.Values => inputs.Values.Length,
            InputKind.Visible => inputs.Visible.Length,
            InputKind.Label => inputs.Labels.Length,
            InputKind.Attributes => inputs.Attributes.Length,
            InputKind.Code => inputs.Codes.Length,
            _ => inputs.Epsilon.Length,
        };
        return length > 0 && length % RowSize == 0
            ? length / RowSize
            : throw new ArgumentException($"{Name} has {length} numbers: {RowSize} are needed for each example.", nameof(inputs));
    }

    /// <summary>Copies the rows of a part of the batch to where the plan reads them.</summary>
    public void Fill(in ModelInputs inputs, int start, int rows, Workspace workspace)
    {
        var (from, count) = (start * RowSize, rows * RowSize);
        switch (Kind)
        {
            case InputKind.Values when !inputs.Pixels.IsEmpty:
                FillPixels(inputs.Pixels.Slice(from, count), workspace.Of<float>(Value.Storage, rows));
                break;
            case InputKind.Values:
                FillValues(inputs.Values.Slice(from, count), workspace.Of<float>(Value.Storage, rows));
                break;
            case InputKind.Visible:
                FillValues(inputs.Visible.Slice(from, count), workspace.Of<float>(Value.Storage, rows));
                break;
            case InputKind.Label:
                var labels = workspace.Of<double>(Value.Storage, rows);
                for (var i = 0; i < count; i++)
                    labels[i] = inputs.Labels[from + i];
                break;
            case InputKind.Attributes:
                inputs.Attributes.Slice(from, count).CopyTo(workspace.Of<double>(Value.Storage, rows));
                break;
            case InputKind.Code:
                inputs.Codes.Slice(from, count).CopyTo(workspace.Of<float>(Value.Storage, rows));
                break;
            default:
                inputs.Epsilon.Slice(from, count).CopyTo(workspace.Of<float>(Value.Storage, rows));
                break;
        }
    }

    private string Name => Kind switch
    {
        InputKind.Values => nameof(ModelInputs.Values),
        InputKind.Visible => nameof(ModelInputs.Visible),
        InputKind.Label => nameof(ModelInputs.Labels),
        InputKind.Attributes => nameof(ModelInputs.Attributes),
        InputKind.Code => nameof(ModelInputs.Codes),
        _ => nameof(ModelInputs.Epsilon),
    };

    // A graph that takes bytes divides them by 255.
    private void FillValues(ReadOnlySpan<float> values, Span<float> destination)
    {
        if (Value.Type == ElementType.Byte)
            TensorPrimitives.Multiply(values, MaxByte, destination);
        else
            values.CopyTo(destination);
    }

    private void FillPixels(ReadOnlySpan<byte> pixels, Span<float> destination)
    {
        var divisor = Value.Type == ElementType.Byte ? 1 : MaxByte;
        for (var i = 0; i < pixels.Length; i++)
            destination[i] = pixels[i] / divisor;
    }
}
