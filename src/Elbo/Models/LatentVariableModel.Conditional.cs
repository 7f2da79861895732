using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <content>A conditional model at work on the conditions of given examples.</content>
public sealed partial class LatentVariableModel
{
    /// <summary>
    /// Draws images under the conditions of given examples, whatever the condition is: z from p(z|c), then the mean of p(x|z,c), or a draw from
    /// it. For a condition on a region, what is visible of an example is kept, and what is hidden is never looked at.
    /// </summary>
    /// <param name="examples">The examples whose conditions are taken.</param>
    /// <param name="count">How many images for each; the i-th of each example share their noise, and so their style.</param>
    /// <param name="seed">The seed of the noise: the same seed gives the same images.</param>
    /// <param name="draw">Whether pixels are drawn from p(x|z,c) instead of showing its mean.</param>
    /// <returns>The images of the first example, then those of the second, and so on.</returns>
    /// <exception cref="ConfigurationException">The model has no condition.</exception>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public Images Complete(ImageDataset examples, int count, ulong seed = 0, bool draw = false)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (Condition is null)
            throw new ConfigurationException("The model has no condition that examples could give it: sample from it.");
        var epsilon = Epsilon(count, seed);
        var features = FeaturesOf(examples)!;
        var width = features.Length / examples.Count;
        var noise = new float[checked(examples.Count * epsilon.Length)];
        var repeated = new float[checked(count * features.Length)];
        for (var example = 0; example < examples.Count; example++)
        {
            epsilon.CopyTo(noise, example * epsilon.Length);
            for (var i = 0; i < count; i++)
                features.AsSpan(example * width, width).CopyTo(repeated.AsSpan((example * count + i) * width));
        }

        return KeepVisible(Generate(noise, repeated, Prior.Sample, draw ? seed : null), examples, count);
    }

    /// <summary>The condition's features of each example, <c>[count, features]</c>, or null without a condition.</summary>
    internal float[]? FeaturesOf(ImageDataset examples)
    {
        if (Condition is null)
            return null;
        var width = Condition.FeatureCount(Shape);
        var values = new float[checked(examples.Count * width)];
        ForEachBatch(examples, Binarization.None, 0, (batch, start) => CopyTo(Features(batch)!, values, start * width));
        return values;
    }

    /// <summary>Puts what is visible of each example into the images generated for it.</summary>
    internal Images KeepVisible(Images generated, ImageDataset examples, int each = 1)
    {
        if (Condition?.Hidden(Shape) is not { } hidden)
            return generated;
        var values = generated.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var (image, value) = (i / Shape.Pixels, i % Shape.Pixels);
            if (!hidden[value])
                values[i] = examples.Pixels.Span[image / each * Shape.Pixels + value] / 255f;
        }

        return new Images(Shape, values);
    }
}
