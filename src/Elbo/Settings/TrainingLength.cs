namespace Elbo;

/// <summary>How long a training is where nothing is said.</summary>
internal static class TrainingLength
{
    /// <summary>The epochs of a training on data that is not small.</summary>
    public const int DefaultEpochs = 20;

    /// <summary>The steps that a model needs before it has learned much of anything, however small the data.</summary>
    public const int LeastSteps = 1_000;

    /// <summary>The most epochs that small data is trained for: more repeat the same few examples.</summary>
    public const int MostEpochs = 200;

    /// <summary>
    /// The epochs where nothing is said: 20, and on small data as many as make 1,000 steps, but at most 200. More than 6,272 examples in
    /// batches of 128 are not small.
    /// </summary>
    /// <param name="examples">The number of examples trained on, without those held out.</param>
    /// <param name="batchSize">The number of examples in a step.</param>
    /// <returns>The number of epochs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    public static int DefaultFor(int examples, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var stepsPerEpoch = (int)(((long)examples + batchSize - 1) / batchSize);
        return Math.Clamp((LeastSteps + stepsPerEpoch - 1) / stepsPerEpoch, DefaultEpochs, MostEpochs);
    }
}
