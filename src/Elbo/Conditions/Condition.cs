using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// What a model is conditioned on: c in p(x|c). A condition turns a batch into features that enter encoder, prior and decoder. A new
/// condition is one subclass and one line here, where the kinds are listed for configurations.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LabelCondition), "label")]
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>How many features stand for one condition.</summary>
    [JsonIgnore]
    public abstract int FeatureCount { get; }

    /// <summary>A condition on one of <paramref name="count"/> labels, given as a one-hot vector.</summary>
    /// <param name="count">How many labels there are.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ConfigurationException">The count is not between 1 and 256.</exception>
    public static LabelCondition Label(int count) => new(count);

    /// <summary>The features of each example, <c>[batch, FeatureCount]</c>, in the number type of its pixels.</summary>
    /// <param name="batch">The examples.</param>
    /// <returns>The features.</returns>
    public abstract Tensor Features(Batch batch);

    /// <summary>Checks before any training that every example of a dataset has this condition.</summary>
    /// <param name="data">The examples.</param>
    /// <exception cref="DataException">An example lacks the condition, or has one out of range.</exception>
    public abstract void Check(ImageDataset data);
}
