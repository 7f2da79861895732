namespace Elbo;

/// <summary>Continuous attributes of the images of a dataset: one row of finite numbers per image.</summary>
public sealed class ExampleAttributes
{
    private readonly float[] _values;

    /// <summary>
    /// Creates attributes from an array laid out as [count, width]. The array is not copied: do not modify it afterwards.
    /// </summary>
    /// <param name="width">The number of attributes per image.</param>
    /// <param name="values">A whole number of rows.</param>
    /// <param name="names">The names of the attributes, if known.</param>
    /// <exception cref="InputException">
    /// The values are not a whole number of rows, one of them is not a finite number, or the number of names differs from the width.
    /// </exception>
    public ExampleAttributes(int width, float[] values, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (width < 1 || values.Length == 0 || values.Length % width != 0)
            throw new InputException($"{values.Length} values are not a whole number of rows of {width} attributes.");
        if (names is not null && names.Count != width)
            throw new InputException($"{names.Count} names were given for {width} attributes: give one for each, or none.");
        var invalid = Array.FindIndex(values, value => !float.IsFinite(value));
        if (invalid >= 0)
        {
            throw new InputException($"The attributes of image {invalid / width} (zero-based) hold a value that is not a finite number at "
                + $"position {invalid % width}: replace it with a number, or omit the image.");
        }

        (Width, _values, Names) = (width, values, names);
    }

    /// <summary>The number of attributes per image.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Length / Width;

    /// <summary>Every value, laid out as [count, width].</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>The names of the attributes; null if unknown.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The attributes of one image.</summary>
    /// <param name="index">The zero-based index of the image.</param>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Width, Width);

    /// <summary>Returns a copy of the selected rows, in the given order.</summary>
    internal ExampleAttributes Subset(ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length * Width];
        for (var i = 0; i < indices.Length; i++)
            this[indices[i]].CopyTo(values.AsSpan(i * Width));
        return new ExampleAttributes(Width, values, Names);
    }
}
