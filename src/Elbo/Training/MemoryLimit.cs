using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Rejects a training whose steps need more memory than its device has, before anything is allocated for them: the numbers in a
/// configuration may be anybody's.
/// </summary>
internal static class MemoryLimit
{
    /// <summary>The numbers that a step holds until its backward pass, at least: modules without weights are not known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objective">The objective, with its number of draws.</param>
    /// <param name="batch">The number of examples of a step.</param>
    public static decimal CountNumbers(GenerativeModel model, WeightedObjective objective, int batch)
    {
        var outputs = model.parameters().Where(weights => weights.dim() == 2).Sum(weights => (decimal)weights.shape[0]);
        var planes = model.parameters().Where(weights => weights.dim() == 4).ToArray();
        if (model.Shape.Image is { } image)
        {
            // The smallest plane of as many layers that each halve it; most layers have a larger one.
            var size = Math.Max(1, ((long)image.Height * image.Width) >> Math.Min(62, 2 * planes.Length));
            outputs += planes.Sum(weights => (decimal)weights.shape[0] * size);
        }

        var latent = (model as LatentVariableModel)?.LatentSize ?? 1;
        var pairs = objective.AuxiliaryDependsOnBatch ? (decimal)batch * batch * latent : 0;
        return ((decimal)batch * objective.Samples * (outputs + model.Shape.Size)) + pairs;
    }

    /// <summary>Rejects a step that does not fit into memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objective">The objective, with its number of draws.</param>
    /// <param name="batch">The number of examples of a step.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="available">The bytes of memory; null for those of the device.</param>
    /// <exception cref="SettingsException">It does not.</exception>
    public static void Ensure(
        GenerativeModel model, WeightedObjective objective, int batch, Device device, long? available = null)
    {
        if ((available ?? Devices.MemoryOf(device)) is { } limit && Bytes(model, objective, batch) + BytesOfWeights(model) > limit)
            throw new SettingsException(Explain(model, objective, batch, device, limit));
    }

    /// <summary>What to say of a step for which the memory of its device did not suffice; null for other failures.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="model">The model.</param>
    /// <param name="objective">The objective, with its number of draws.</param>
    /// <param name="batch">The number of examples of a step.</param>
    public static EnvironmentException? Explain(
        ExternalException failure, GenerativeModel model, WeightedObjective objective, int batch) =>
        failure.Message.Contains("CUDA out of memory", StringComparison.Ordinal)
            ? new(Explain(model, objective, batch, model.CurrentDevice, Devices.MemoryOf(model.CurrentDevice)), failure)
            : null;

    private static string Explain(GenerativeModel model, WeightedObjective objective, int batch, Device device, long? memory)
    {
        var draws = objective.Samples > 1 ? $" with {objective.Samples} draws each" : "";
        var has = memory is { } bytes ? $"has {bytes / (decimal)(1 << 30):0.0}" : "has less";
        var fitting = memory is { } limit ? FittingBatch(model, objective, batch, limit) : 0;
        var remedy = BytesOfWeights(model) > memory ? "choose smaller layers"
            : $"choose a {(fitting > 0 ? $"BatchSize of {fitting} or less" : "smaller BatchSize")}, fewer Samples or smaller layers";
        var needed = (Bytes(model, objective, batch) + BytesOfWeights(model)) / (1 << 30);
        return $"A step on {batch} examples{draws} needs more than {needed:0.0} GiB, but the "
            + $"{(device.type == DeviceType.CPU ? "machine" : "GPU")} {has}: {remedy}.";
    }

    // The first half, quarter and so on of a batch of which the whole step fits: the backward pass and the operations between the layers
    // take about twice as much again, and each weight may have a gradient.
    private static int FittingBatch(GenerativeModel model, WeightedObjective objective, int batch, long memory)
    {
        var weights = BytesOfWeights(model) / 3 * 4;
        do
            batch /= 2;
        while (batch > 0 && 3 * Bytes(model, objective, batch) + weights > memory);
        return batch;
    }

    private static decimal Bytes(GenerativeModel model, WeightedObjective objective, int batch) =>
        CountNumbers(model, objective, batch) * sizeof(float);

    // Each weight has two moments.
    private static decimal BytesOfWeights(GenerativeModel model) =>
        3m * sizeof(float) * model.parameters().Sum(parameter => (decimal)parameter.numel());
}
