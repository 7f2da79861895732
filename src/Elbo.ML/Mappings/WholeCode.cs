using Microsoft.ML.Data;

namespace Elbo.ML.Mappings;

/// <summary>A code of any size.</summary>
internal sealed class WholeCode
{
    [ColumnName(ColumnNames.WholeCode), VectorType]
    public VBuffer<float> Code { get; set; }
}
