namespace Elbo;

/// <summary>
/// Limits how many weights are drawn, before memory is allocated for them: by the memory of the machine, and for a run by what its
/// checkpoint holds, so that a configuration of a kilobyte cannot ask for a terabyte.
/// </summary>
internal static class WeightLimit
{
    // A checkpoint reads and writes a tensor as one span of bytes.
    private const int MaxCount = int.MaxValue / sizeof(float);

    // What a model may draw besides its weights.
    private const long Slack = 1 << 20;

    [ThreadStatic]
    private static long? _left;

    /// <summary>Limits the weights drawn on this thread until the returned object is disposed.</summary>
    /// <param name="weights">The weights that a checkpoint holds.</param>
    public static IDisposable At(long weights)
    {
        var before = _left;
        _left = weights + Slack;
        return new Scope(before);
    }

    /// <summary>The number of elements of a tensor that is about to be drawn.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>The number.</returns>
    /// <exception cref="SettingsException">It is more than a tensor or the memory can hold, or than the checkpoint has.</exception>
    public static int Take(ReadOnlySpan<long> shape)
    {
        decimal count = 1;
        foreach (var size in shape)
        {
            count *= size;
            if (count > MaxCount)
                throw TooLarge(shape, $"the {MaxCount} that one tensor of a checkpoint can have");
        }

        if (count * sizeof(float) > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
            throw TooLarge(shape, "fits into memory");
        if (_left is not { } left)
            return (int)count;
        if (count > left)
        {
            throw new SettingsException(
                $"The settings of the model ask for weights of {string.Join('x', shape.ToArray())}, which is more than its checkpoint "
                + "holds: they are not those that it was trained with.");
        }

        _left = left - (long)count;
        return (int)count;
    }

    private static SettingsException TooLarge(ReadOnlySpan<long> shape, string limit) => new(
        $"The settings of the model ask for weights of {string.Join('x', shape.ToArray())}, which is more than {limit}: choose smaller "
        + "layers.");

    private sealed class Scope(long? before) : IDisposable
    {
        public void Dispose() => _left = before;
    }
}
