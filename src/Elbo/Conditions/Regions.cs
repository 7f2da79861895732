using System.Globalization;

namespace Elbo;

/// <summary>The visible regions by name, for <see cref="Condition.Region"/>, without case. A new one is one line here.</summary>
public static class Regions
{
    /// <summary>The bottom left quadrant, as in the published tables of completion.</summary>
    public const string OneQuadrant = "quadrants-1";

    /// <summary>The left half, as in those tables.</summary>
    public const string TwoQuadrants = "quadrants-2";

    /// <summary>All but the bottom right quadrant, as in those tables.</summary>
    public const string ThreeQuadrants = "quadrants-3";

    /// <summary>The top half.</summary>
    public const string TopHalf = "top-half";

    /// <summary>The bottom half.</summary>
    public const string BottomHalf = "bottom-half";

    /// <summary>The left half.</summary>
    public const string LeftHalf = "left-half";

    /// <summary>The right half.</summary>
    public const string RightHalf = "right-half";

    internal const string Mask = "mask";

    // The most that a picture which is read can have.
    private const long MaxPixels = 4096L * 4096;

    private const int RectangleNumbers = 4;

    // Whether a pixel is visible: its row and column, and the height and width of the image. The numbers of quadrants are those of the
    // published tables: one at the bottom left, then the left half, then all but the bottom right.
    private static readonly Registry<Func<int, int, int, int, bool>> Named = new("visible region")
    {
        [OneQuadrant] = (row, column, height, width) => row >= height / 2 && column < width / 2,
        [TwoQuadrants] = (_, column, _, width) => column < width / 2,
        [ThreeQuadrants] = (row, column, height, width) => row < height / 2 || column < width / 2,
        [TopHalf] = (row, _, height, _) => row < height / 2,
        [BottomHalf] = (row, _, height, _) => row >= height / 2,
        [LeftHalf] = (_, column, _, width) => column < width / 2,
        [RightHalf] = (_, column, _, width) => column >= width / 2,
    };

    private static readonly Registry<Func<bool, bool>> Rectangles = new("visible region with numbers")
    {
        ["rectangle"] = isWithin => isWithin,
        ["all-but-rectangle"] = isWithin => !isWithin,
    };

    /// <summary>The names of those that need no numbers.</summary>
    public static IReadOnlyCollection<string> Names => Named.Names;

    /// <summary>The forms with parameters.</summary>
    internal static IEnumerable<string> Forms => Rectangles.Names.Select(name => $"{name}:TOP,LEFT,HEIGHT,WIDTH");

    /// <summary>The name of a region as it was registered, with its numbers, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">The region does not exist.</exception>
    internal static string NameOf(string visible) =>
        string.Equals(visible, Mask, StringComparison.OrdinalIgnoreCase) ? Mask
        : visible.Split(':') is [var form, var numbers] ? $"{Rectangles.NameOf(form)}:{numbers}"
        : Named.NameOf(visible);

    /// <summary>Rejects a region of images that is none; nothing is allocated.</summary>
    /// <exception cref="SettingsException">
    /// The region does not exist, or hides nothing or everything, or the images are larger than any that can be read.
    /// </exception>
    internal static void EnsurePossible(string visible, ImageShape shape, string? mask)
    {
        var isVisible = Find(visible, shape, mask);
        if (shape == default)
            return;
        if ((long)shape.Height * shape.Width > MaxPixels)
            throw new SettingsException($"A region of images of {shape} is not possible: at most {MaxPixels} pixels are.");
        var (hides, shows) = (false, false);
        foreach (var row in Corners(visible, shape.Height, mask))
        {
            foreach (var column in Corners(visible, shape.Width, mask))
            {
                var visibleHere = isVisible(row, column, shape.Height, shape.Width);
                (hides, shows) = (hides || !visibleHere, shows || visibleHere);
            }
        }

        if (!hides)
            throw new SettingsException($"The region '{visible}' hides nothing of images of {shape}: nothing is left to generate.");
        if (!shows)
            throw new SettingsException($"The region '{visible}' hides all of images of {shape}: train a model without a condition.");
    }

    // Rows or columns of which one lies in every part of a region: it changes at the middle of the image or at the numbers of a rectangle
    // alone. A mask may change anywhere, and its text is as long as the image.
    private static IEnumerable<int> Corners(string visible, int size, string? mask)
    {
        if (mask is not null)
            return Enumerable.Range(0, size);
        int[] given = visible.Split(':') is [_, var text]
            ? [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))]
            : [];
        var ends = given.SelectMany(first => given.Select(second => (long)first + second));
        IEnumerable<long> changes = [0, size / 2, size, .. given, .. ends];
        return changes.SelectMany(change => new[] { change - 1, change })
            .Where(at => at >= 0 && at < size).Select(at => (int)at).Distinct();
    }

    /// <summary>One for each hidden value of an image and zero for each visible one; empty while the shape is open.</summary>
    internal static float[] Hidden(string visible, ImageShape shape, string? mask)
    {
        var isVisible = Find(visible, shape, mask);
        if (shape == default)
            return [];
        var plane = shape.Height * shape.Width;
        var hidden = new float[shape.Pixels];
        for (var i = 0; i < hidden.Length; i++)
            hidden[i] = isVisible(i % plane / shape.Width, i % plane % shape.Width, shape.Height, shape.Width) ? 0 : 1;
        return hidden;
    }

    private static Func<int, int, int, int, bool> Find(string visible, ImageShape shape, string? mask)
    {
        if ((visible == Mask) != (mask is not null))
            throw new SettingsException($"The visible region '{visible}' must have a mask if and only if it is '{Mask}'.");
        if (mask is not null)
            return OfRows(mask.Split('/'), shape);
        return visible.Split(':') is [var form, var numbers]
            ? OfNumbers(Rectangles.Find(form), numbers, visible, shape)
            : Named.Find(visible);
    }

    private static Func<int, int, int, int, bool> OfRows(string[] rows, ImageShape shape)
    {
        if (rows.Any(row => row.Length != rows[0].Length || row.Any(pixel => pixel is not ('0' or '1'))))
            throw new SettingsException("A mask is rows of 0 and 1, all of one length, with a slash between them.");
        return shape == default || (rows.Length, rows[0].Length) == (shape.Height, shape.Width)
            ? (row, column, _, _) => rows[row][column] == '1'
            : throw new SettingsException(
                $"The mask is {rows[0].Length} by {rows.Length} pixels large, but the images are {shape.Width} by {shape.Height}.");
    }

    private static Func<int, int, int, int, bool> OfNumbers(Func<bool, bool> isVisible, string text, string visible, ImageShape shape)
    {
        int[] numbers =
        [
            .. text.Split(',').Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1),
        ];
        if (numbers.Length != RectangleNumbers || numbers.Any(number => number < 0))
            throw new SettingsException($"'{visible}' is not a region: give four integers, as in rectangle:TOP,LEFT,HEIGHT,WIDTH.");
        var (top, left, height, width) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        if (shape != default && ((long)top + height > shape.Height || (long)left + width > shape.Width))
            throw new SettingsException($"The region '{visible}' exceeds images of {shape.Height} rows and {shape.Width} columns.");
        return (row, column, _, _) => isVisible(row >= top && row < top + height && column >= left && column < left + width);
    }
}
