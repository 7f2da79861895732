using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>Copies the values of tensors, before their dispose scope ends.</summary>
internal static class TensorNumbers
{
    /// <summary>All values of a tensor, row by row.</summary>
    public static double[] ToDoubles(this Tensor values) => values.detach().to(float64).contiguous().data<double>().ToArray();

    /// <summary>All values of a tensor, row by row, as images of a shape.</summary>
    public static ExampleValues ToImages(this Tensor values, ValueShape shape) =>
        new(shape, values.detach().to(float32).contiguous().data<float>().ToArray());
}
