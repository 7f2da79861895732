namespace Elbo;

/// <summary>Latent codes in an array, one row per example.</summary>
public sealed class LatentCodes
{
    private readonly float[] _values;

    /// <summary>Creates codes from an array laid out as [count, latent], which is not copied.</summary>
    /// <param name="size">The number of latent dimensions.</param>
    /// <param name="values">A whole number of codes.</param>
    /// <exception cref="InputException">The values are not a whole number of codes of this size.</exception>
    public LatentCodes(int size, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (size < 1 || values.Length % size != 0)
            throw new InputException($"{values.Length} values are not a whole number of codes of {size} dimensions.");
        (Size, _values) = (size, values);
    }

    /// <summary>The number of latent dimensions.</summary>
    public int Size { get; }

    /// <summary>The number of codes.</summary>
    public int Count => _values.Length / Size;

    /// <summary>Every value, laid out as [count, latent].</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>Writes the codes to a NumPy file atomically: float32, <c>[count, latent]</c>.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="SettingsException">The folder does not exist.</exception>
    /// <exception cref="EnvironmentException">The file cannot be written.</exception>
    public void SaveNpy(string path) => NpyFile.Write(path, [Count, Size], _values);

    /// <summary>One code.</summary>
    /// <param name="index">Which, from 0.</param>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Size, Size);
}
