namespace Elbo.Inference;

/// <content>Methods that draw their noise from a seed and allocate their results.</content>
public sealed partial class InferenceModel
{
    /// <summary>
    /// The noise that a seed makes samples of, <c>[batch, latent]</c>: the same numbers as in the library, whatever the processor.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="epsilon">Receives it.</param>
    /// <exception cref="ArgumentException">The room is not for whole codes.</exception>
    public void Epsilon(ulong seed, Span<float> epsilon) => Noise(seed, RandomPurpose.Sampling, epsilon);

    /// <summary>Samples: the means of p(x|z, c) at codes drawn from p(z|c).</summary>
    /// <param name="count">How many.</param>
    /// <param name="label">The label, for a model that is conditioned on labels alone.</param>
    /// <param name="seed">The seed; the same one gives what the library gives.</param>
    /// <returns>Them, <c>[count, values]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive, or the label is none of the model's.</exception>
    /// <exception cref="ArgumentException">
    /// The model needs another condition: use <see cref="Sample(in ModelInputs, Span{float})"/>.
    /// </exception>
    public float[] Sample(int count, int? label = null, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var epsilon = new float[checked(count * Description.LatentSize)];
        Epsilon(seed, epsilon);
        int[] labels = label is { } one ? [.. Enumerable.Repeat(one, count)] : [];
        var values = new float[checked(count * Description.ValueCount)];
        Sample(new() { Epsilon = epsilon, Labels = labels }, values);
        return values;
    }

    /// <summary>Samples of the rest of an example of which a part is known.</summary>
    /// <param name="visible">The example, <c>[values]</c>; its hidden part is not read.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>Complete examples, <c>[count, values]</c>, with the visible part as it was given.</returns>
    /// <exception cref="NotSupportedException">The model is not conditioned on a part of an example.</exception>
    /// <exception cref="ArgumentException">The example does not fit, or the model has another condition too.</exception>
    public float[] Complete(ReadOnlySpan<float> visible, int count = 1, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (!_sampler.Value.Takes(InputKind.Visible))
            throw new NotSupportedException("The model is not conditioned on a part of an example, so it has nothing to complete.");
        var epsilon = new float[checked(count * Description.LatentSize)];
        Epsilon(seed, epsilon);
        var repeated = new float[checked(count * visible.Length)];
        for (var i = 0; i < count; i++)
            visible.CopyTo(repeated.AsSpan(i * visible.Length));
        var values = new float[checked(count * Description.ValueCount)];
        Sample(new() { Epsilon = epsilon, Visible = repeated }, values);
        return values;
    }

    /// <summary>The means of q(z|x, c): an embedding of each example.</summary>
    /// <param name="inputs">Values or pixels, and the condition.</param>
    /// <returns>Them, <c>[batch, latent]</c>.</returns>
    /// <exception cref="NotSupportedException">The model infers no code.</exception>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public float[] Encode(in ModelInputs inputs)
    {
        var mean = new float[_encoder.Value.Count(inputs, 1) * Description.LatentSize];
        Encode(inputs, mean);
        return mean;
    }

    /// <summary>
    /// The noise that a seed makes scores of, <c>[batch, latent]</c>: that of the library's evaluation, in which an example has its own by
    /// its place in the batch.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="epsilon">Receives it.</param>
    /// <param name="draw">Which of the draws of an example, from 0.</param>
    /// <exception cref="ArgumentException">The room is not for whole codes.</exception>
    public void ScoreEpsilon(ulong seed, Span<float> epsilon, int draw = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        Noise(seed, RandomPurpose.EvaluationNoise, epsilon, draw);
    }

    /// <summary>
    /// The score of each example in nats, high for what is unlike the training data: -ELBO, or the reconstruction term where there is no KL
    /// term. The noise is that of the library's evaluation.
    /// </summary>
    /// <param name="inputs">Values or pixels, and the condition; epsilon is drawn.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The draws of z over which a score is averaged.</param>
    /// <returns>The scores, <c>[batch]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no draw.</exception>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public float[] Score(in ModelInputs inputs, ulong seed = 0, int draws = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        var count = (inputs.Pixels.IsEmpty ? inputs.Values.Length : inputs.Pixels.Length) / Description.ValueCount;
        var epsilon = new float[checked(count * Description.LatentSize)];
        var (reconstruction, kl, sums) = (new float[count], HasKl ? new float[count] : [], new double[count]);
        for (var draw = 0; draw < draws; draw++)
        {
            ScoreEpsilon(seed, epsilon, draw);
            var complete = new ModelInputs
            {
                Values = inputs.Values,
                Pixels = inputs.Pixels,
                Labels = inputs.Labels,
                Attributes = inputs.Attributes,
                Epsilon = epsilon,
            };
            Score(complete, reconstruction, kl);
            for (var i = 0; i < count; i++)
                sums[i] += reconstruction[i] + (kl.Length > 0 ? kl[i] : 0);
        }

        return Array.ConvertAll(sums, sum => (float)(sum / draws));
    }

    private void Noise(ulong seed, RandomPurpose purpose, Span<float> epsilon, int draw = 0)
    {
        if (epsilon.IsEmpty)
            return;
        if (Description.LatentSize == 0 || epsilon.Length % Description.LatentSize != 0)
            throw new ArgumentException($"{epsilon.Length} numbers are not whole codes of {Description.LatentSize}.", nameof(epsilon));
        const int rowsAtOnce = 64;
        var stream = new NoiseStream(seed, purpose);
        Span<long> rows = stackalloc long[rowsAtOnce];
        var count = epsilon.Length / Description.LatentSize;
        for (var start = 0; start < count; start += rowsAtOnce)
        {
            var part = Math.Min(rowsAtOnce, count - start);
            for (var i = 0; i < part; i++)
                rows[i] = start + i;
            stream.Normals(
                epsilon.Slice(start * Description.LatentSize, part * Description.LatentSize),
                rows[..part],
                Description.LatentSize,
                firstDraw: draw);
        }
    }
}
