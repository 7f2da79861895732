using System.Globalization;

namespace Elbo.Cli;

/// <summary>Reads labels from a one-dimensional NumPy file of integers, or from a text file with one integer per line.</summary>
internal static class LabelFile
{
    private const int MaxExcerptLength = 64;

    /// <exception cref="InputException">The file is corrupt, or a label is not an integer from 0 to 255.</exception>
    public static int[] Read(string path)
    {
        var labels = path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? ReadNpy(path)
            : InputFile.Read(path, stream => ReadText(stream, path));
        return labels.Length > 0 ? labels : throw new InputException($"{path} holds no labels: give one per image.");
    }

    private static int[] ReadNpy(string path)
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
            labels[position] = value is >= byte.MinValue and <= byte.MaxValue
                ? (int)value
                : throw new InputException($"{path} holds the label {value} at position {position}, but labels must be from 0 to 255.");
            position++;
        }

        return labels;
    }

    private static int[] ReadText(FileStream stream, string path)
    {
        using var reader = new StreamReader(stream);
        var labels = new List<int>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim().IsEmpty && reader.EndOfStream)
                break;
            if (!byte.TryParse(line.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var label))
            {
                var shown = line.Length > MaxExcerptLength ? line[..MaxExcerptLength] + "..." : line;
                throw new InputException($"{path} has '{shown}' on line {number}, but labels must be integers from 0 to 255, one per line.");
            }

            labels.Add(label);
        }

        return [.. labels];
    }
}
