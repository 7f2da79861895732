using System.Buffers;
using Elbo.ML.Columns;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Elbo.ML.Mappings;

/// <summary>An image, and the text of the model.</summary>
internal sealed class ImageRow : IModelRow
{
    // The attribute must have a size; ML.NET compares only that the column has images.
    [ColumnName(ColumnNames.Input), ImageType(1, 1)]
    public MLImage? Input { get; set; }

    [ColumnName(ColumnNames.Model)]
    public ReadOnlyMemory<char> Model { get; set; }

    public void Read(Span<float> values, ScoringModel model)
    {
        var shape = model.Model.Description.Shape;
        var bytes = ArrayPool<byte>.Shared.Rent(values.Length);
        ImagePixels.Read(Input, new ImageShape(shape[0], shape[1], shape[2]), bytes, "a row");
        for (var i = 0; i < values.Length; i++)
            values[i] = bytes[i] / (float)byte.MaxValue;
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
