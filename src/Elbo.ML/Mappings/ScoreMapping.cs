using Elbo.ML.Columns;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Elbo.ML.Mappings;

/// <summary>Adds -ELBO and whether the row is an anomaly.</summary>
internal abstract class ScoreMapping<TRow> : CustomMappingFactory<TRow, Score>
    where TRow : class, IModelRow, new()
{
    public override Action<TRow, Score> GetMapping() => (row, score) =>
    {
        var model = ScoringModel.Of(row.Model);
        var values = new float[model.Model.Description.ValueCount];
        row.Read(values, model);
        score.NegativeElbo = model.NegativeElbo(values);
        score.IsAnomaly = model.IsAnomaly(score.NegativeElbo);
    };
}

/// <summary>Of a vector.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class VectorScoreMapping : ScoreMapping<VectorRow>
{
    public const string Contract = "Elbo.VectorScore";
}

/// <summary>Of an image.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageScoreMapping : ScoreMapping<ImageRow>
{
    public const string Contract = "Elbo.ImageScore";
}

/// <summary>The columns.</summary>
internal sealed class Score
{
    [ColumnName(ColumnNames.NegativeElbo)]
    public float NegativeElbo { get; set; }

    [ColumnName(ColumnNames.IsAnomaly)]
    public bool IsAnomaly { get; set; }
}
