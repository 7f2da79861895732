namespace Elbo;

/// <summary>Holds examples out of the training data: the last N of a seeded permutation.</summary>
public static class ValidationSplit
{
    /// <summary>The most that is held out where nothing is said.</summary>
    public const int DefaultCount = 5_000;

    /// <summary>What is held out where nothing is said: 5,000 examples, but never more than a twelfth of the data.</summary>
    /// <param name="examples">The number of training examples.</param>
    /// <returns>The number held out.</returns>
    public static int DefaultFor(int examples) => Math.Min(DefaultCount, examples / 12);

    /// <summary>Splits the training data as a training does.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">How many examples are held out.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <returns>What is trained on, and what is held out; null for none.</returns>
    /// <exception cref="SettingsException">So many cannot be held out.</exception>
    public static (ExampleSet Train, ExampleSet? Validation) Split(ExampleSet data, int validation, ulong seed)
    {
        if (validation < 0 || validation >= data.Count)
        {
            throw new SettingsException(
                $"{validation} examples cannot be held out for validation of {data.Count}: at least one must be left to train on.");
        }

        if (validation == 0)
            return (data, null);
        var order = new SplitMix64(RandomStream.Derive(seed, RandomPurpose.ValidationSplit)).Permutation(data.Count);
        return (data.Subset(order.AsSpan(..^validation)), data.Subset(order.AsSpan(^validation..)));
    }
}
