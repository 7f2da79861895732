namespace Elbo;

/// <content>Paths through the latent space: between two examples, between two labels, along a dimension.</content>
public sealed partial class LatentVariableModel
{
    /// <summary>
    /// Decodes equally spaced codes on the line between the posterior means of two examples; the features of their conditions go along.
    /// </summary>
    /// <param name="data">The examples.</param>
    /// <param name="from">The index of the first.</param>
    /// <param name="to">The index of the last.</param>
    /// <param name="steps">How many, both ends included.</param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in training.</param>
    /// <returns>The means of p(x|z,c), from the first to the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no example with an index, or fewer than two steps or more than an array can hold are asked for.
    /// </exception>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    public ExampleValues Interpolate(ExampleSet data, int from, int to, int steps = 10, Binarization? binarize = null)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(data);
        foreach (var (index, parameter) in new[] { (from, nameof(from)), (to, nameof(to)) })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, parameter);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, data.Count, parameter);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        EnsureArrayHolds(steps, 1, nameof(steps));
        using var inference = BeginInference();
        var ends = data.Subset([from, to]);
        var codes = Encode(ends, binarize);
        var features = Condition is null ? null : FeaturesOf(ends, binarize, seed: 0);
        var width = features is null ? 0 : features.Length / 2;
        return Decode(
            new LatentCodes(LatentSize, Line(codes[0], codes[1], steps)),
            features is null ? null : Line(features.AsSpan(0, width), features.AsSpan(width), steps));
    }

    /// <summary>Samples one style at equally spaced mixtures of two labels.</summary>
    /// <param name="from">The first label.</param>
    /// <param name="to">The last label.</param>
    /// <param name="steps">How many, both ends included.</param>
    /// <param name="seed">The seed of the style: the noise that all of them share.</param>
    /// <returns>The means of p(x|z,c), from the first label to the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Fewer than two steps are asked for, or more than an array can hold.
    /// </exception>
    /// <exception cref="SettingsException">The model is not conditioned on labels, or a label does not exist.</exception>
    public ExampleValues InterpolateLabels(int from, int to, int steps = 10, ulong seed = 0)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        EnsureArrayHolds(steps, 1, nameof(steps));
        var features = FeaturesOf([from, to], 2)!;
        var width = features.Length / 2;
        var style = Epsilon(1, seed);
        return Sample(
            [.. Enumerable.Repeat(style, steps).SelectMany(noise => noise)],
            Line(features.AsSpan(0, width), features.AsSpan(width), steps));
    }

    /// <summary>
    /// Decodes codes that differ in one dimension: in the coordinates in which the prior is N(0, I), from -range to range, the others 0.
    /// </summary>
    /// <param name="dimension">The dimension, from 0.</param>
    /// <param name="steps">How many, both ends included.</param>
    /// <param name="range">The deviations of the prior on either side.</param>
    /// <param name="label">The label, for a model conditioned on labels; else null.</param>
    /// <returns>The means of p(x|z,c).</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such dimension, the range is not finite, or fewer than two steps or more than an array can hold are asked for.
    /// </exception>
    /// <exception cref="SettingsException">The label does not fit the model.</exception>
    public ExampleValues Traverse(int dimension, int steps = 10, double range = 2.5, int? label = null)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, LatentSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        EnsureArrayHolds(steps, 1, nameof(steps));
        if (!double.IsFinite(range))
            throw new ArgumentOutOfRangeException(nameof(range), range, "The range must be a finite number.");
        var noise = new float[steps * LatentSize];
        for (var step = 0; step < steps; step++)
            noise[step * LatentSize + dimension] = (float)(range * (2.0 * step / (steps - 1) - 1));
        int[]? labels = label is { } one ? [.. Enumerable.Repeat(one, steps)] : null;
        return Sample(noise, labels, seed: 0, draw: false);
    }

    /// <summary>Equally spaced points on the line between two vectors, both ends included.</summary>
    /// <param name="from">The first point.</param>
    /// <param name="to">The last point, of the same length.</param>
    /// <param name="steps">The number of points.</param>
    /// <returns>The points, <c>[steps, length]</c>.</returns>
    /// <exception cref="ArgumentException">The points differ in length, or there are fewer than two steps.</exception>
    public static float[] Line(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        if (from.Length != to.Length)
            throw new ArgumentException($"The points have {from.Length} and {to.Length} numbers, and no line between them.", nameof(to));
        var line = new float[steps * from.Length];
        for (var step = 0; step < steps; step++)
        {
            var share = (float)step / (steps - 1);
            for (var i = 0; i < from.Length; i++)
                line[step * from.Length + i] = (1 - share) * from[i] + share * to[i];
        }

        return line;
    }
}
