using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The part of an image that is its condition, as tensors.</summary>
internal static class VisiblePart
{
    /// <summary>Replaces the visible values of images by those of the condition; other conditions leave them.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="images">Images, <c>[..., batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, FeatureCount]</c>.</param>
    public static Tensor Overlay(Condition condition, Tensor images, Tensor features)
    {
        if (condition is not { ImageFeatureCount: > 0, Target: { } target })
            return images;
        var hidden = tensor(target.Select(value => value != 0).ToArray(), [1, target.Count], @bool, images.device);
        return where(hidden, images, features.narrow(-1, 0, condition.ImageFeatureCount));
    }

    /// <summary>The features that are a separate input of the encoder, or null if there are none.</summary>
    public static Tensor? OtherFeatures(Condition condition, Tensor features) =>
        condition.ImageFeatureCount == 0 ? features
        : condition.ImageFeatureCount == condition.FeatureCount ? null
        : features.narrow(-1, condition.ImageFeatureCount, condition.FeatureCount - condition.ImageFeatureCount);
}
