namespace Samples;

/// <summary>Five classes of 16x16 RGB pictures: a disc of the colour of a fruit on a dark ground, somewhere and of some size.</summary>
internal static class Fruits
{
    private const int Side = 16;

    public static IReadOnlyList<string> Names { get; } = ["cherry", "lime", "plum", "lemon", "orange"];

    public static IReadOnlyList<(int Red, int Green, int Blue)> Colors { get; } =
        [(200, 20, 40), (60, 200, 60), (110, 40, 170), (235, 225, 60), (240, 130, 20)];

    /// <summary>Pictures in turns of the five classes, as most decoders deliver them: red, green and blue of a pixel together.</summary>
    public static ImageDataset Draw(int count, int seed = 0)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(picture => picture % Names.Count)];
        return ImageDataset.FromImages(
            new(3, Side, Side),
            [.. labels.Select(label => (ReadOnlyMemory<byte>)Disc(random, label))],
            labels,
            PixelLayout.Interleaved,
            Names);
    }

    private static byte[] Disc(Random random, int label)
    {
        var (red, green, blue) = Colors[label];
        var (centerX, centerY) = (7.5 + 4 * (random.NextDouble() - 0.5), 7.5 + 4 * (random.NextDouble() - 0.5));
        var radius = 3.5 + 2 * random.NextDouble();
        return
        [
            .. Enumerable.Range(0, Side * Side).SelectMany(pixel =>
            {
                var (x, y) = (pixel % Side - centerX, pixel / Side - centerY);
                var inside = Math.Clamp(radius - Math.Sqrt(x * x + y * y) + 0.5, 0, 1);
                return new[] { red, green, blue }.Select(value => (byte)(20 + inside * (value - 20) * (0.9 + 0.1 * random.NextDouble())));
            }),
        ];
    }
}
