using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// The draws z, the KL per dimension and their gradients, in one pass forward and one backward over a thread's examples, for a Gaussian or
/// point posterior and a Gaussian prior.
/// </summary>
/// <param name="posterior">Means and raw log-variances side by side, or a point; its gradient takes its place.</param>
/// <param name="prior">The same of the prior, or its means alone; null for N(0, I).</param>
/// <param name="isGaussian">Whether the posterior is a Gaussian.</param>
/// <param name="size">The number of latent dimensions.</param>
/// <param name="draws">The number of draws.</param>
internal sealed unsafe class FusedLatent<T>(KeptMatrix<T> posterior, KeptMatrix<T>? prior, bool isGaussian, int size, int draws)
    : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The KL of each dimension, <c>[batch, latent]</c>.</summary>
    public KeptMatrix<T> Kl { get; } = new(posterior.Rows, size);

    /// <summary>The posterior's means in the prior's own coordinates, <c>[batch, latent]</c>.</summary>
    public KeptMatrix<T> Coordinates { get; } = new(posterior.Rows, size);

    /// <summary>
    /// Writes the draws of some examples into the first columns of a matrix whose rows are the draws of one after the other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(IndexRange examples, T* noise, KeptMatrix<T> code)
    {
        for (var example = examples.Start; example < examples.End; example++)
        {
            for (var i = 0; i < size; i += Lanes<T>.Count)
            {
                var at = At(example, i);
                var (log, left) = (at.LogVariance - at.PriorLogVariance, size - i);
                Lanes<T>.Store(at.Offset, Coordinates.Row(example) + i, left);
                if (isGaussian)
                {
                    var kl = (at.Offset * at.Offset + Lanes<T>.ExpMinusOneMinusX(log)) * Lanes<T>.Of(0.5);
                    Lanes<T>.Store(kl, Kl.Row(example) + i, left);
                }

                for (var draw = 0; draw < draws; draw++)
                {
                    var z = isGaussian ? at.Mean + at.Deviation * Lanes<T>.Load(NoiseOf(noise, example, draw) + i, left) : at.Mean;
                    Lanes<T>.Store(z, code.Row(example * draws + draw) + i, left);
                }
            }
        }
    }

    /// <summary>Replaces the parameters of posterior and prior by their gradients.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="noise">The noise of the forward pass.</param>
    /// <param name="toCode">The summands of the gradient of the draws.</param>
    /// <param name="scale">What these are multiplied by.</param>
    /// <param name="toKl">The gradient of the KL of each dimension, the same for all examples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(IndexRange examples, T* noise, KeptMatrix<T>[] toCode, double scale, T* toKl)
    {
        for (var example = examples.Start; example < examples.End; example++)
        {
            for (var i = 0; i < size; i += Lanes<T>.Count)
            {
                var (at, left) = (At(example, i), size - i);
                var (toMean, toDeviation) = (Vector512<T>.Zero, Vector512<T>.Zero);
                for (var draw = 0; draw < draws; draw++)
                {
                    var gradient = Vector512<T>.Zero;
                    foreach (var summand in toCode)
                        gradient += Lanes<T>.Load(summand.Row(example * draws + draw) + i, left);
                    toMean += gradient;
                    if (isGaussian)
                        toDeviation += gradient * Lanes<T>.Load(NoiseOf(noise, example, draw) + i, left);
                }

                toMean *= Lanes<T>.Of(scale);
                if (!isGaussian)
                {
                    Lanes<T>.Store(toMean, posterior.Row(example) + i, left);
                    continue;
                }

                var weight = Lanes<T>.Load(toKl + i, left);
                var (log, half) = (at.LogVariance - at.PriorLogVariance, Lanes<T>.Of(0.5));
                var toOffset = at.Offset * weight * at.InversePriorDeviation;
                var toSpread = (Lanes<T>.ExpMinusOneMinusX(log) + log) * weight * half;
                var toLogVariance = toDeviation * at.Deviation * half * Lanes<T>.Of(scale) + toSpread;
                Lanes<T>.Store(toMean + toOffset, posterior.Row(example) + i, left);
                Lanes<T>.Store(toLogVariance * Slope(at.LogVariance), posterior.Row(example) + size + i, left);
                if (prior is null)
                    continue;
                Lanes<T>.Store(-toOffset, prior.Row(example) + i, left);
                if (prior.Columns == size)
                    continue;
                var toPrior = -toSpread - at.Offset * at.Offset * weight * half;
                Lanes<T>.Store(toPrior * Slope(at.PriorLogVariance), prior.Row(example) + size + i, left);
            }
        }
    }

    public void Dispose()
    {
        Kl.Dispose();
        Coordinates.Dispose();
    }

    private static readonly double Limit = LogVarianceBound.Limit;

    // The derivative of Limit · tanh(raw / Limit), where that is the log-variance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Slope(Vector512<T> logVariance)
    {
        var tanh = logVariance * Lanes<T>.Of(1 / Limit);
        return Vector512<T>.One - tanh * tanh;
    }

    private T* NoiseOf(T* noise, int example, int draw) => noise + ((long)draw * posterior.Rows + example) * size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Point At(int example, int i)
    {
        var left = size - i;
        Point at = new() { Mean = Lanes<T>.Load(posterior.Row(example) + i, left) };
        at.Offset = at.Mean;
        at.InversePriorDeviation = Vector512<T>.One;
        if (isGaussian)
        {
            at.LogVariance = Bounded(Lanes<T>.Load(posterior.Row(example) + size + i, left));
            at.Deviation = Lanes<T>.Exp(at.LogVariance * Lanes<T>.Of(0.5));
        }

        if (prior is null)
            return at;
        at.Offset -= Lanes<T>.Load(prior.Row(example) + i, left);
        if (prior.Columns == size)
            return at;
        at.PriorLogVariance = Bounded(Lanes<T>.Load(prior.Row(example) + size + i, left));
        at.InversePriorDeviation = Lanes<T>.Exp(at.PriorLogVariance * Lanes<T>.Of(-0.5));
        at.Offset *= at.InversePriorDeviation;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Bounded(Vector512<T> raw) => Lanes<T>.Tanh(raw * Lanes<T>.Of(1 / Limit)) * Lanes<T>.Of(Limit);

    private struct Point
    {
        public Vector512<T> Mean;
        public Vector512<T> LogVariance;
        public Vector512<T> Deviation;
        public Vector512<T> Offset;
        public Vector512<T> PriorLogVariance;
        public Vector512<T> InversePriorDeviation;
    }
}
