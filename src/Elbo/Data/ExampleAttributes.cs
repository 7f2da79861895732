namespace Elbo;

/// <summary>Continuous numbers that belong to each image of a dataset: one row of the same width for each, all of them finite.</summary>
public sealed class ExampleAttributes
{
    private readonly float[] _values;

    /// <summary>Takes attributes laid out as [count, width]. The array is kept, not copied: do not change it later.</summary>
    /// <param name="width">How many numbers each image has.</param>
    /// <param name="values">A whole number of rows.</param>
    /// <param name="names">What each number is called, if that is known.</param>
    /// <exception cref="DataException">
    /// The values are not a whole number of rows, one of them is not a finite number, or there is not one name for each.
    /// </exception>
    public ExampleAttributes(int width, float[] values, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (width < 1 || values.Length == 0 || values.Length % width != 0)
            throw new DataException($"{values.Length} numbers are not a whole number of rows of {width} attributes.");
        if (names is not null && names.Count != width)
            throw new DataException($"There are {names.Count} names for {width} attributes: give one for each, or none.");
        var broken = Array.FindIndex(values, value => !float.IsFinite(value));
        if (broken >= 0)
        {
            throw new DataException($"The attributes of image {broken / width}, counted from 0, hold a value that is not a finite number at "
                + $"position {broken % width}: put a number in its place, or leave the image out.");
        }

        (Width, _values, Names) = (width, values, names);
    }

    /// <summary>How many numbers each image has.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Length / Width;

    /// <summary>Every value, laid out as [count, width].</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>What each number is called; null where that is not known.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The attributes of one image.</summary>
    /// <param name="index">Which image, from 0.</param>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Width, Width);

    /// <summary>A copy of some rows, in the order wanted.</summary>
    internal ExampleAttributes Subset(ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length * Width];
        for (var i = 0; i < indices.Length; i++)
            this[indices[i]].CopyTo(values.AsSpan(i * Width));
        return new ExampleAttributes(Width, values, Names);
    }
}
