using System.Numerics;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A batch and its noise as contiguous memory in the number type of the model; the tensors belong to the caller's dispose scope.
/// </summary>
internal sealed unsafe class FusedInputs<T>
    where T : unmanaged, INumber<T>
{
    private readonly List<Tensor> _kept = [];
    private readonly ScalarType _type;

    public FusedInputs(StandardParts parts, Batch batch, Noise noise)
    {
        _type = parts.Encoder.Layers[0].Weight.dtype;
        var (condition, x, features) = (parts.Model.Condition, batch.Values, batch.Features);
        Examples = (int)x.shape[0];
        Draws = noise[0].dim() == 3 ? (int)noise[0].shape[0] : 1;
        Values = Read(x);
        Noise = Read(noise[0]);
        Visible = features is null ? Values : Read(VisiblePart.Overlay(condition!, x, features));
        var encoderFeatures = features is null ? null : VisiblePart.OtherFeatures(condition!, features);
        EncoderFeatures = Read(encoderFeatures);
        EncoderFeatureCount = (int)(encoderFeatures?.shape[1] ?? 0);
        Features = Read(features);
        FeatureCount = (int)(features?.shape[1] ?? 0);
        Target = Read(batch.Target);
        TargetStride = batch.Target?.shape[0] > 1 ? (int)x.shape[1] : 0;
    }

    public int Examples { get; }

    public int Draws { get; }

    /// <summary>The values, <c>[batch, values]</c>.</summary>
    public T* Values { get; }

    /// <summary>Noise of the draws, <c>[draws, batch, latent]</c>.</summary>
    public T* Noise { get; }

    /// <summary>The values that the encoder sees.</summary>
    public T* Visible { get; }

    /// <summary>Features of the condition that the encoder sees besides.</summary>
    public T* EncoderFeatures { get; }

    public int EncoderFeatureCount { get; }

    /// <summary>Features of the condition, <c>[batch, features]</c>.</summary>
    public T* Features { get; }

    public int FeatureCount { get; }

    /// <summary>Ones where a value counts, <c>[batch or 1, values]</c>; null where all do.</summary>
    public T* Target { get; }

    /// <summary>From a row of the target to the next; 0 where all examples have the same.</summary>
    public int TargetStride { get; }

    private T* Read(Tensor? tensor)
    {
        if (tensor is null)
            return null;
        var contiguous = tensor.to(_type).contiguous();
        _kept.Add(contiguous);
        return HostMemory.AddressOf<T>(contiguous);
    }
}
