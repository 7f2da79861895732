using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>The way of numbers out of tensors, before the scope ends in which those live.</summary>
internal static class TensorNumbers
{
    /// <summary>Every number of a tensor, row by row.</summary>
    public static double[] ToDoubles(this Tensor values) => values.detach().to(float64).contiguous().data<double>().ToArray();

    /// <summary>Every number of a tensor, row by row, as images of a shape.</summary>
    public static Images ToImages(this Tensor values, ImageShape shape) =>
        new(shape, values.detach().to(float32).contiguous().data<float>().ToArray());
}
