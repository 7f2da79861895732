using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>Bias and activation in one pass, and derivative and sum of partial gradients in another.</summary>
internal abstract unsafe class FusedActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>That of a last layer: the bias alone.</summary>
    public static FusedActivation<T> None { get; } = new FusedActivation<T, IdentityFunction<T>>();

    /// <inheritdoc cref="IActivationFunction{T}.NeedsInput"/>
    public abstract bool NeedsInput { get; }

    /// <summary>The activation with this name, or null if it is not implemented.</summary>
    public static FusedActivation<T>? Find(string name) => name switch
    {
        Activations.Relu => new FusedActivation<T, ReluFunction<T>>(),
        Activations.LeakyRelu => new FusedActivation<T, LeakyReluFunction<T>>(),
        Activations.Elu => new FusedActivation<T, EluFunction<T>>(),
        Activations.Tanh => new FusedActivation<T, TanhFunction<T>>(),
        Activations.Softplus => new FusedActivation<T, SoftplusFunction<T>>(),
        Activations.Silu => new FusedActivation<T, SiluFunction<T>>(),
        Activations.Gelu => new FusedActivation<T, GeluFunction<T>>(),
        _ => null,
    };

    /// <summary>
    /// Makes x of an output without a bias into f(x + bias); x + bias is kept in <paramref name="input"/> if there is one.
    /// </summary>
    public abstract void Forward(KeptMatrix<T> output, KeptMatrix<T>? input, T* bias, IndexRange rows, IndexRange columns);

    /// <summary>Writes the sum of some gradients times the derivative.</summary>
    public abstract void Backward(
        KeptMatrix<T> gradient, KeptMatrix<T>[] summands, KeptMatrix<T> output, KeptMatrix<T>? input, IndexRange rows, IndexRange columns);
}

/// <inheritdoc/>
internal sealed unsafe class FusedActivation<T, TFunction> : FusedActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IActivationFunction<T>
{
    public override bool NeedsInput => TFunction.NeedsInput;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(KeptMatrix<T> output, KeptMatrix<T>? input, T* bias, IndexRange rows, IndexRange columns)
    {
        var whole = columns.Start + columns.Count / Lanes<T>.Count * Lanes<T>.Count;
        for (var row = rows.Start; row < rows.End; row++)
        {
            var y = output.Row(row);
            var before = TFunction.NeedsInput ? input!.Row(row) : null;
            for (var column = columns.Start; column < whole; column += Lanes<T>.Count)
            {
                var x = Vector512.Load(y + column) + Vector512.Load(bias + column);
                if (TFunction.NeedsInput)
                    x.Store(before + column);
                TFunction.Value(x).Store(y + column);
            }

            if (columns.End - whole is > 0 and var left)
            {
                var x = Lanes<T>.Load(y + whole, left) + Lanes<T>.Load(bias + whole, left);
                if (TFunction.NeedsInput)
                    Lanes<T>.Store(x, before + whole, left);
                Lanes<T>.Store(TFunction.Value(x), y + whole, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        KeptMatrix<T> gradient, KeptMatrix<T>[] summands, KeptMatrix<T> output, KeptMatrix<T>? input, IndexRange rows, IndexRange columns)
    {
        var whole = columns.Start + columns.Count / Lanes<T>.Count * Lanes<T>.Count;
        for (var row = rows.Start; row < rows.End; row++)
        {
            for (var column = columns.Start; column < whole; column += Lanes<T>.Count)
            {
                var sum = Vector512.Load(summands[0].Row(row) + column);
                for (var i = 1; i < summands.Length; i++)
                    sum += Vector512.Load(summands[i].Row(row) + column);
                var x = TFunction.NeedsInput ? Vector512.Load(input!.Row(row) + column) : default;
                (sum * TFunction.Slope(x, Vector512.Load(output.Row(row) + column))).Store(gradient.Row(row) + column);
            }

            if (columns.End - whole is > 0 and var left)
            {
                var sum = Lanes<T>.Load(summands[0].Row(row) + whole, left);
                for (var i = 1; i < summands.Length; i++)
                    sum += Lanes<T>.Load(summands[i].Row(row) + whole, left);
                var x = TFunction.NeedsInput ? Lanes<T>.Load(input!.Row(row) + whole, left) : default;
                Lanes<T>.Store(
                    sum * TFunction.Slope(x, Lanes<T>.Load(output.Row(row) + whole, left)), gradient.Row(row) + whole, left);
            }
        }
    }
}
