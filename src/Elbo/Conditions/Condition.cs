using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// What a model is conditioned on: c in p(x|c). A condition turns a batch into features that enter encoder, prior and decoder, and defines
/// which values of the image are the target: all of them, or, where part of the image is the condition, the rest. A new condition is one
/// subclass and one line here, where the kinds are listed for configurations.
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

    /// <summary>The number of features of a condition.</summary>
    [JsonIgnore]
    public abstract int FeatureCount { get; }

    /// <summary>A condition on one of <paramref name="count"/> labels, given as a one-hot vector.</summary>
    /// <param name="count">How many labels there are.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="SettingsException">The count is not between 1 and 256.</exception>
    public static LabelCondition Label(int count) => count > 0 ? new(count) : throw LabelCondition.Impossible(count);

    /// <summary>A condition on the attributes of the images of a dataset, brought to a mean of 0 and a deviation of 1.</summary>
    /// <param name="data">The dataset; mean and deviation are those of its training images.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="InputException">The data has no attributes.</exception>
    public static AttributesCondition Attributes(Dataset data) => AttributesCondition.Of(data);

    /// <summary>A condition on the visible part of an image, of which the rest is the target.</summary>
    /// <param name="visible">
    /// What is visible: <c>quadrants-1</c>, <c>quadrants-2</c>, <c>quadrants-3</c>, <c>top-half</c>, <c>bottom-half</c>, <c>left-half</c>,
    /// <c>right-half</c>, <c>rectangle:TOP,LEFT,HEIGHT,WIDTH</c> or <c>all-but-rectangle:TOP,LEFT,HEIGHT,WIDTH</c>.
    /// </param>
    /// <param name="shape">The images.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="SettingsException">The region does not exist, or hides nothing or everything.</exception>
    public static RegionCondition Region(string visible, ImageShape shape) => new(visible, shape);

    /// <summary>Several conditions at once.</summary>
    /// <param name="parts">At least two conditions, of which at most one is a region.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="SettingsException">The parts cannot be joined.</exception>
    public static JoinedCondition Join(params IReadOnlyList<Condition> parts) => new(parts);

    /// <summary>The features of each example, <c>[batch, FeatureCount]</c>, in the number type of its pixels.</summary>
    /// <param name="batch">The examples.</param>
    /// <returns>The features.</returns>
    public abstract Tensor Features(Batch batch);

    /// <summary>Which values of the images are scored and generated.</summary>
    /// <param name="batch">The examples.</param>
    /// <returns>
    /// <c>[batch or 1, values]</c> of ones (target) and zeros (visible, part of the condition); null where all are the target.
    /// </returns>
    public virtual Tensor? Target(Batch batch) => null;

    /// <summary>Checks that every example of a dataset has this condition; called before training.</summary>
    /// <param name="data">The examples.</param>
    /// <exception cref="InputException">An example lacks the condition, or has one out of range.</exception>
    public abstract void Check(ImageDataset data);

    /// <summary>The same condition with what was left open, such as the number of labels, taken from data.</summary>
    /// <param name="data">The dataset a model is to be trained on.</param>
    /// <returns>A complete condition.</returns>
    /// <exception cref="InputException">The data has no such condition.</exception>
    public virtual Condition For(Dataset data) => this;

    /// <summary>Rejects a condition that is incomplete or does not fit the images.</summary>
    /// <exception cref="SettingsException">The condition is incomplete, or is for other images.</exception>
    internal abstract void Validate(ImageShape shape);

    /// <summary>How many values of each image are scored and generated: those that <see cref="Target"/> marks.</summary>
    /// <param name="shape">The images.</param>
    internal virtual int TargetCount(ImageShape shape) => shape.Pixels;

    /// <summary>The number of different conditions, if they can be listed; otherwise null.</summary>
    [JsonIgnore]
    internal virtual int? GroupCount => null;

    /// <summary>The index of the condition of each example, <c>[batch]</c>; null if <see cref="GroupCount"/> is null.</summary>
    internal virtual Tensor? Groups(Batch batch) => null;

    /// <summary>Replaces the visible values of images by those of the condition.</summary>
    /// <param name="images">Images, <c>[..., batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, FeatureCount]</c>.</param>
    internal virtual Tensor OverlayVisible(Tensor images, Tensor features) => images;

    /// <summary>
    /// The number of leading features that form an image. An encoder gets them as part of the image (<see cref="OverlayVisible"/>), and
    /// only the other features as a separate input.
    /// </summary>
    [JsonIgnore]
    internal virtual int ImageFeatureCount => 0;

    /// <summary>The features that are a separate input of the encoder, or null if there are none.</summary>
    internal Tensor? NonImageFeatures(Tensor features) =>
        ImageFeatureCount == 0 ? features
        : ImageFeatureCount == FeatureCount ? null
        : features.narrow(-1, ImageFeatureCount, FeatureCount - ImageFeatureCount);
}
