using System.Globalization;

namespace Elbo;

/// <summary>The parts of an image that have a name, and how a text stands for one.</summary>
internal static class Regions
{
    private const string AllButPrefix = "all-but:";
    private const string RectanglePrefix = "rectangle:";
    private const string MaskPrefix = "mask:";

    private delegate bool Contains(int row, int column, int height, int width);

    // The quadrants are those of Pyro's example: 1 is the lower left, 2 the left half, 3 all but the lower right.
    private static readonly Registry<Contains> Registry = new("region")
    {
        ["quadrants-1"] = (row, column, height, width) => row >= height / 2 && column < width / 2,
        ["quadrants-2"] = (_, column, _, width) => column < width / 2,
        ["quadrants-3"] = (row, column, height, width) => row < height / 2 || column < width / 2,
        ["top"] = (row, _, height, _) => row < height / 2,
        ["bottom"] = (row, _, height, _) => row >= height / 2,
        ["left"] = (_, column, _, width) => column < width / 2,
        ["right"] = (_, column, _, width) => column >= width / 2,
    };

    /// <summary>How regions are written, for messages and help.</summary>
    public static string Forms =>
        $"{string.Join(", ", Registry.Names)}, {RectanglePrefix}TOP:LEFT:HEIGHT:WIDTH, a PNG file whose bright part is seen, or one of these "
        + $"behind '{AllButPrefix}'";

    /// <summary>The text that stands for a picture of a region.</summary>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="isIn">Whether each pixel, row by row, belongs to it.</param>
    public static string OfMask(int height, int width, Func<int, bool> isIn) => MaskPrefix + string.Join('/', Enumerable.Range(0, height)
        .Select(row => string.Concat(Enumerable.Range(0, width).Select(column => isIn(row * width + column) ? '1' : '0'))));

    /// <summary>Which pixels of an image of one channel belong to the region that a text stands for, row by row.</summary>
    /// <exception cref="ConfigurationException">The text is no region, or the region does not fit the image.</exception>
    public static bool[] Pixels(string text, int height, int width)
    {
        if (text.StartsWith(AllButPrefix, StringComparison.Ordinal))
            return [.. Pixels(text[AllButPrefix.Length..], height, width).Select(inside => !inside)];
        var contains = text.StartsWith(RectanglePrefix, StringComparison.Ordinal) ? Rectangle(text)
            : text.StartsWith(MaskPrefix, StringComparison.Ordinal) ? Mask(text, height, width)
            : Registry.Find(text);
        var pixels = new bool[height * width];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = contains(i / width, i % width, height, width);
        return pixels;
    }

    /// <summary>Refuses a text that stands for no region, whatever the image.</summary>
    public static void Require(string text)
    {
        if (text.StartsWith(AllButPrefix, StringComparison.Ordinal))
            Require(text[AllButPrefix.Length..]);
        else if (text.StartsWith(RectanglePrefix, StringComparison.Ordinal))
            _ = Rectangle(text);
        else if (!text.StartsWith(MaskPrefix, StringComparison.Ordinal) && !Registry.Names.Contains(text))
            throw new ConfigurationException($"There is no region '{text}': write {Forms}.");
    }

    private static Contains Rectangle(string text)
    {
        var numbers = text[RectanglePrefix.Length..].Split(':')
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (numbers is not [>= 0, >= 0, > 0, > 0])
            throw new ConfigurationException($"'{text}' is no rectangle: write {RectanglePrefix}TOP:LEFT:HEIGHT:WIDTH in pixels.");
        var (top, left, tall, wide) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        return (row, column, _, _) => row >= top && row - top < tall && column >= left && column - left < wide;
    }

    private static Contains Mask(string text, int height, int width)
    {
        var rows = text[MaskPrefix.Length..].Split('/');
        if (rows.Length != height || rows.Any(row => row.Length != width || row.Any(flag => flag is not ('0' or '1'))))
        {
            throw new ConfigurationException(
                $"The mask is {rows.Length} rows of {rows[0].Length} zeros and ones, but the images have {height} rows of {width} pixels.");
        }

        return (row, column, _, _) => rows[row][column] == '1';
    }
}
