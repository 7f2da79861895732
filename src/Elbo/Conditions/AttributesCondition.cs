using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// A condition on the attributes of an example, the x of a pair (x, y), as (a - mean) / deviation of each, computed in float64: the inputs
/// of the networks have the same scale whatever the units of the attributes.
/// </summary>
public sealed record AttributesCondition : Condition
{
    /// <summary>Conditions on attributes.</summary>
    /// <param name="mean">What is subtracted from each; empty, the default, for the means of the data (<see cref="For"/>).</param>
    /// <param name="deviation">What each is then divided by; of the same number.</param>
    /// <exception cref="SettingsException">The two differ in number, or contain invalid values.</exception>
    [JsonConstructor]
    public AttributesCondition(IReadOnlyList<double>? mean = null, IReadOnlyList<double>? deviation = null)
    {
        (Mean, Deviation) = (ValueList.Of(mean ?? []), ValueList.Of(deviation ?? []));
        if (Mean.Count != Deviation.Count)
            throw new SettingsException(
                $"A condition has {Mean.Count} means of attributes, but {Deviation.Count} deviations: give one of each for every "
                + "attribute.");
        if (!Mean.All(double.IsFinite) || !Deviation.All(value => double.IsFinite(value) && value > 0))
            throw new SettingsException(
                "The means of attributes must be finite numbers, and their deviations finite numbers above 0.");
    }

    /// <summary>What is subtracted from each attribute.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>What each attribute is then divided by.</summary>
    public IReadOnlyList<double> Deviation { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int FeatureCount => Mean.Count;

    /// <summary>A condition on the attributes of a dataset, brought to a mean of 0 and a deviation of 1 over its training split.</summary>
    internal static AttributesCondition Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = data.Train.Attributes ?? throw new InputException(
            $"{data.Name} has no attributes to condition a model on: give files of Attributes and TestAttributes.");
        var standardization = Standardization.Of(rows);
        return new AttributesCondition(standardization.Mean, standardization.Deviation);
    }

    /// <inheritdoc/>
    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        if (examples.Attributes.IsEmpty)
            throw new InputException("The model is conditioned on attributes, but the data has none.");
        Standardization.Apply(Mean, Deviation, examples.Attributes, features);
    }

    /// <inheritdoc/>
    public override GraphValue Describe(GraphInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Standardization.Describe(Mean, Deviation, inputs.Attributes(FeatureCount));
    }

    /// <inheritdoc/>
    public override void Check(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Attributes is null)
            throw new InputException(
                "The model is conditioned on attributes, but the data has none: choose a model without that condition.");
        if (data.Attributes.Shape.Size != FeatureCount)
        {
            throw new InputException(
                $"The data has {data.Attributes.Shape.Size} attributes for each example, but the model is conditioned on {FeatureCount}.");
        }
    }

    /// <inheritdoc/>
    public override Condition For(Dataset data)
    {
        if (FeatureCount == 0)
            return Of(data);
        Check(data.Train);
        return this;
    }

    /// <inheritdoc/>
    public override void Validate(ValueShape shape)
    {
        if (FeatureCount == 0)
            throw new SettingsException("The condition does not state the number of attributes: use Condition.Attributes(data).");
    }
}
