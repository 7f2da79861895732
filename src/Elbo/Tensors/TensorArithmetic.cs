using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Arithmetic for which TorchSharp makes a scalar unseen (<see cref="Scalars"/>).</summary>
internal static class TensorArithmetic
{
    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <inheritdoc cref="Plus(Tensor, Tensor)"/>
    public static Tensor Plus(this Tensor left, double right) => left.add(Number(right), One);

    /// <summary>a - b.</summary>
    public static Tensor Minus(this Scalar left, Tensor right) => right.negative().add(left, One);

    /// <summary>a², element by element.</summary>
    public static Tensor Squared(this Tensor tensor) => tensor.pow(Number(2));

    /// <summary>log(1 + exp a) without overflow, exact to the last bits for any a.</summary>
    public static Tensor Softplus(this Tensor tensor) => (-tensor).log_sigmoid().neg_();
}
