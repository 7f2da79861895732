using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// What a model is conditioned on: c in p(x|c). A condition turns a batch into features that enter encoder, prior and decoder, and says which
/// part of the image is left to be x. A new condition is one subclass, a line here for configurations and one in <see cref="Conditions"/> for
/// the command line.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LabelCondition), "label")]
[JsonDerivedType(typeof(AttributesCondition), "attributes")]
[JsonDerivedType(typeof(RegionCondition), "region")]
[JsonDerivedType(typeof(JoinedCondition), "joined")]
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>A condition on one of <paramref name="count"/> labels, given as a one-hot vector.</summary>
    /// <param name="count">How many labels there are.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ConfigurationException">The count is not between 1 and 256.</exception>
    public static LabelCondition Label(int count) => new(count);

    /// <summary>A condition on a vector of numbers that comes with each image.</summary>
    /// <param name="count">How many numbers there are.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ConfigurationException">The count is not between 1 and 65536.</exception>
    public static AttributesCondition Attributes(int count) => new(count);

    /// <summary>A condition on a part of the image itself; the rest is what the model is about.</summary>
    /// <param name="visible">The part that is seen, as <see cref="RegionCondition.Visible"/> writes it.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ConfigurationException">There is no such region.</exception>
    public static RegionCondition Region(string visible) => new(visible);

    /// <summary>Several conditions at once.</summary>
    /// <param name="parts">The conditions, none of which is itself joined, and no two of which are on a region.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ConfigurationException">The parts do not go together.</exception>
    public static JoinedCondition Joined(params IReadOnlyList<Condition> parts) => new(parts);

    /// <summary>How many features stand for one condition.</summary>
    /// <param name="shape">The images.</param>
    /// <returns>The number.</returns>
    public abstract int FeatureCount(ImageShape shape);

    /// <summary>The features of each example, <c>[batch, FeatureCount]</c>, in the number type of its pixels.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="shape">The images.</param>
    /// <returns>The features.</returns>
    public abstract Tensor Features(Batch batch, ImageShape shape);

    /// <summary>Checks before any training that every example of a dataset has this condition.</summary>
    /// <param name="data">The examples.</param>
    /// <exception cref="DataException">An example lacks the condition, or has one out of range.</exception>
    public abstract void Check(ImageDataset data);

    /// <summary>Which values of an image are hidden, to be scored and generated; null where all are.</summary>
    /// <param name="shape">The images.</param>
    /// <returns>One flag for each value, <c>[values]</c>.</returns>
    public virtual IReadOnlyList<bool>? Hidden(ImageShape shape) => null;

    /// <summary>The condition with what only the data can tell, such as the number of labels.</summary>
    internal virtual Condition FitTo(Dataset dataset) => this;

    /// <summary>Refuses a condition of which a part is still to be told by the data.</summary>
    internal virtual void RequireComplete()
    {
    }
}
