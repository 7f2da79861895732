using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A condition on the attributes of an image, as (a - mean) / deviation of each: the network inputs have the same scale whatever the units
/// of the attributes.
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
        (Mean, Deviation) = (mean ?? [], deviation ?? []);
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

    /// <summary>A condition on the attributes of a dataset, brought to a mean of 0 and a deviation of 1 over its training images.</summary>
    internal static AttributesCondition Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = data.Train.Attributes ?? throw new InputException(
            $"{data.Name} has no attributes to condition a model on: give their files with --attributes and --test-attributes.");
        var (mean, deviation) = (new double[rows.Width], new double[rows.Width]);
        for (var column = 0; column < rows.Width; column++)
        {
            double[] values = [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows[row][column])];
            mean[column] = values.Average();
            var spread = Math.Sqrt(values.Average(value => (value - mean[column]) * (value - mean[column])));
            // A constant column has no information: any divisor will do.
            deviation[column] = spread > 1e-9 * Math.Max(1e-9, Math.Abs(mean[column])) ? spread : 1;
        }

        return new AttributesCondition(mean, deviation);
    }

    /// <inheritdoc/>
    public override Tensor Features(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var rows = batch.Attributes ?? throw new InputException("The model is conditioned on attributes, but the data has none.");
        var (type, device) = (batch.Pixels.dtype, batch.Pixels.device);
        return (rows.to(type) - tensor(Mean.ToArray(), type, device)) / tensor(Deviation.ToArray(), type, device);
    }

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Attributes is null)
            throw new InputException(
                "The model is conditioned on attributes, but the data has none: choose a model without that condition.");
        if (data.Attributes.Width != FeatureCount)
        {
            throw new InputException(
                $"The data has {data.Attributes.Width} attributes for each image, but the model is conditioned on {FeatureCount}.");
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
    public bool Equals(AttributesCondition? other) =>
        other is not null && Mean.SequenceEqual(other.Mean) && Deviation.SequenceEqual(other.Deviation);

    /// <inheritdoc/>
    public override int GetHashCode() => Mean.Concat(Deviation).Aggregate(0, HashCode.Combine);

    internal override void Validate(ImageShape shape)
    {
        if (FeatureCount == 0)
            throw new SettingsException("The condition does not state the number of attributes: use Condition.Attributes(data).");
    }
}
