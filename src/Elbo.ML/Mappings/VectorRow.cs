using Elbo.ML.Columns;
using Microsoft.ML.Data;

namespace Elbo.ML.Mappings;

/// <summary>A vector, and the text of the model.</summary>
internal sealed class VectorRow : IModelRow
{
    [ColumnName(ColumnNames.Input), VectorType]
    public VBuffer<float> Input { get; set; }

    [ColumnName(ColumnNames.Model)]
    public ReadOnlyMemory<char> Model { get; set; }

    public void Read(Span<float> values, ScoringModel model)
    {
        if (Input.Length != values.Length)
            throw new ArgumentException($"A row has {Input.Length} numbers, but the model was trained on vectors of {values.Length}.");
        Input.CopyTo(values);
    }
}
