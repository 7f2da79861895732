using System.Globalization;

namespace Elbo;

/// <summary>Reads labels from a one-dimensional NumPy file of integers, or from a text file with one integer per line.</summary>
internal static class LabelFile
{
    private const int MaxExcerptLength = 64;

    private const int Max = int.MaxValue - 1;
    private const long MaxTextLength = 1L << 30;

    /// <param name="path">The file.</param>
    /// <param name="max">The largest label that is allowed.</param>
    /// <exception cref="InputException">The file is corrupt, or a label is not an integer from 0 to the largest.</exception>
    public static int[] Read(string path, int max = Max)
    {
        var labels = path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? ReadNpy(path, max)
            : InputFile.Read(path, stream => ReadText(stream, path, max));
        return labels.Length > 0 ? labels : throw new InputException($"{path} holds no labels: give one per image.");
    }

    private static int[] ReadNpy(string path, int max)
    {
        var array = NpyFile.Read(path);
        if (array.IsFloating || array.Shape.Count != 1)
        {
            throw new InputException($"{path} holds {array.Type} of the shape [{string.Join(", ", array.Shape)}], but labels must be "
                + "integers in one dimension.");
        }

        var labels = new int[array.Count];
        var position = 0;
        foreach (var value in array.WholeValues())
        {
            labels[position] = value >= 0 && value <= max
                ? (int)value
                : throw new InputException($"{path} holds the label {value} at position {position}, but labels must be from 0 to {max}.");
            position++;
        }

        return labels;
    }

    private static int[] ReadText(FileStream stream, string path, int max)
    {
        if (stream.Length > MaxTextLength)
            throw new InputException($"{path} has {stream.Length} bytes, but a file of labels has at most {MaxTextLength}.");
        using var reader = new StreamReader(stream);
        var labels = new List<int>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim().IsEmpty && reader.EndOfStream)
                break;
            if (!int.TryParse(line.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var label) || label > max)
            {
                var shown = line.Length > MaxExcerptLength ? line[..MaxExcerptLength] + "..." : line;
                throw new InputException(
                    $"{path} has '{shown}' on line {number}, but labels must be integers from 0 to {max}, one per line.");
            }

            labels.Add(label);
        }

        return [.. labels];
    }
}
