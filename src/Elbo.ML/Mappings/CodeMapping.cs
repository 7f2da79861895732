using Elbo.ML.Columns;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Elbo.ML.Mappings;

/// <summary>Adds the mean of q(z|x), as a vector of which ML.NET does not know the size (<see cref="CodePartMapping{TPart}"/>).</summary>
internal abstract class CodeMapping<TRow> : CustomMappingFactory<TRow, WholeCode>
    where TRow : class, IModelRow, new()
{
    public override Action<TRow, WholeCode> GetMapping() => (row, code) =>
    {
        var model = ScoringModel.Of(row.Model);
        var values = new float[model.Model.Description.ValueCount];
        row.Read(values, model);
        code.Code = new VBuffer<float>(model.Model.Description.LatentSize, model.Model.Encode(new() { Values = values }));
    };
}

/// <summary>Of a vector.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class VectorCodeMapping : CodeMapping<VectorRow>
{
    public const string Contract = "Elbo.VectorCode";
}

/// <summary>Of an image.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageCodeMapping : CodeMapping<ImageRow>
{
    public const string Contract = "Elbo.ImageCode";
}
