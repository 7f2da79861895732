using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>Examples that are given as tensors: batches of them, with the features of a condition.</summary>
/// <param name="Values">The values, <c>[examples, size]</c>; their type is that of the batch.</param>
/// <param name="Labels">Labels, or null.</param>
/// <param name="Attributes">Attributes, <c>[examples, width]</c>, or null.</param>
internal sealed record TensorExamples(Tensor Values, long[]? Labels = null, Tensor? Attributes = null)
{
    /// <summary>The batch that a model with this condition gets.</summary>
    public Batch For(Condition? condition) => new(Values, condition is null ? null : FeaturesFor(condition), TargetFor(condition))
    {
        Labels = Labels is null ? null : tensor(Labels),
    };

    /// <summary>The features of the condition, <c>[examples, features]</c>.</summary>
    public Tensor FeaturesFor(Condition condition)
    {
        var features = new float[Values.shape[0] * condition.FeatureCount];
        condition.WriteFeatures(
            new ExampleRows
            {
                Count = (int)Values.shape[0],
                Values = Values.to(float32).data<float>().ToArray(),
                Labels = Labels is null ? [] : Array.ConvertAll(Labels, label => (int)label),
                Attributes = Attributes is null ? [] : Attributes.to(float64).data<double>().ToArray(),
            },
            features);
        return tensor(features, [Values.shape[0], condition.FeatureCount]).to(Values.dtype);
    }

    private Tensor? TargetFor(Condition? condition) =>
        condition?.Target is { } target ? tensor(target.ToArray(), [1, target.Count]).to(Values.dtype) : null;
}
