using static TorchSharp.torch;

namespace Elbo;

/// <summary>How a split is gone through wherever a trained model is judged, so that all figures are of the same images and the same noise.</summary>
internal static class EvaluationBatches
{
    /// <summary>Images that go through the model at once. More is no faster, and resident memory has been seen to grow with it.</summary>
    public const int Size = 1_000;

    /// <summary>The noise with which the batch that starts at <paramref name="start"/> is evaluated.</summary>
    public static Tensor Noise(LatentVariableModel model, Batch batch, int samples, ulong seed, int start)
    {
        var device = batch.Pixels.device;
        using var generator = RandomStream.Create(seed, RandomPurpose.EvaluationNoise, 0, start, device);
        long[] shape = samples == 1
            ? [batch.Pixels.shape[0], model.LatentSize]
            : [samples, batch.Pixels.shape[0], model.LatentSize];
        return randn(shape, batch.Pixels.dtype, device, generator: generator);
    }
}
