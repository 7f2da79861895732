using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// What a model is conditioned on: c in p(x|c). A condition computes features of examples that enter encoder, prior and decoder, and
/// defines which numbers of a value are the target: all of them, or, where part of an image is the condition, the rest. A new condition is
/// one subclass, and one call of <see cref="Conditions"/> that names its kind for configurations.
/// </summary>
/// <remarks>Its methods are called on any thread, and on several at the same time.</remarks>
public abstract record Condition
{
    /// <summary>Creates a condition.</summary>
    protected Condition()
    {
    }

    /// <summary>The number of features of a condition.</summary>
    [JsonIgnore]
    public abstract int FeatureCount { get; }

    /// <summary>A condition on one of <paramref name="count"/> labels, given as a one-hot vector.</summary>
    /// <param name="count">How many labels there are.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="SettingsException">The count is not between 1 and 65536.</exception>
    public static LabelCondition Label(int count) => count > 0 ? new(count) : throw LabelCondition.Impossible(count);

    /// <summary>A condition on the attributes of a dataset (the x of pairs), brought to a mean of 0 and a deviation of 1.</summary>
    /// <param name="data">The dataset; mean and deviation are those of its training split.</param>
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

    /// <summary>Computes the features of some examples.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="features">Receives the features, <c>[examples, <see cref="FeatureCount"/>]</c>; zeros before.</param>
    public abstract void WriteFeatures(ExampleRows examples, Span<float> features);

    /// <summary>Adds the features to a computation graph; without it a model on this condition cannot be exported.</summary>
    /// <param name="inputs">The graph's inputs, of which the condition asks for those it needs.</param>
    /// <returns>The features, <c>[batch, <see cref="FeatureCount"/>]</c>: NaN where an input is not possible.</returns>
    /// <exception cref="SettingsException">The condition does not describe itself.</exception>
    public virtual GraphValue Describe(GraphInputs inputs) => throw NotDescribed.Of(this, nameof(Describe));

    /// <summary>
    /// Which numbers of a value are scored and generated: ones for those of the target, zeros for those that are visible, part of the
    /// condition. Null, the default, where all are the target.
    /// </summary>
    [JsonIgnore]
    public virtual IReadOnlyList<float>? Target => null;

    /// <summary>Checks that every example of a dataset has this condition; called before training.</summary>
    /// <param name="data">The examples.</param>
    /// <exception cref="InputException">An example lacks the condition, or has one out of range.</exception>
    public abstract void Check(ExampleSet data);

    /// <summary>The same condition with what was left open, such as the number of labels, taken from data.</summary>
    /// <param name="data">The dataset a model is to be trained on.</param>
    /// <returns>A complete condition.</returns>
    /// <exception cref="InputException">The data has no such condition.</exception>
    public virtual Condition For(Dataset data) => this;

    /// <summary>Rejects a condition that is incomplete or does not fit the values; by default one without features.</summary>
    /// <param name="shape">The values.</param>
    /// <exception cref="SettingsException">The condition is incomplete, or is for values of another shape.</exception>
    public virtual void Validate(ValueShape shape)
    {
        if (FeatureCount < 1)
            throw new SettingsException($"The condition {GetType().Name} has no features: call For(data), or give it what it leaves open.");
    }

    /// <summary>The number of different conditions, if they can be listed; otherwise null.</summary>
    [JsonIgnore]
    public virtual int? GroupCount => null;

    /// <summary>The index of the condition of each example, if <see cref="GroupCount"/> is not null.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="groups">Receives the indices, <c>[examples]</c>.</param>
    public virtual void WriteGroups(ExampleRows examples, Span<int> groups) =>
        throw new NotSupportedException("The conditions cannot be listed.");

    /// <summary>How many numbers of each value are scored and generated: those that <see cref="Target"/> marks.</summary>
    /// <param name="shape">The values.</param>
    public int TargetCount(ValueShape shape) => Target?.Count(target => target == 1) ?? shape.Size;

    /// <summary>
    /// The number of leading features that are the visible part of an image in its place. An encoder gets them as part of the image, and
    /// only the other features as a separate input.
    /// </summary>
    [JsonIgnore]
    public virtual int ImageFeatureCount => 0;
}
