namespace Samples;

/// <summary>Pictures of one ring each, 32x32 grey with noise; of a damaged one 40 degrees are a gap or noise.</summary>
internal static class Rings
{
    private const int Side = 32;

    /// <summary>Intact rings, then as many with a gap as with a notch: labels 0, 1 and 2.</summary>
    public static ImageDataset Draw(int intact, int gaps, int notches, int seed)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Repeat(0, intact), .. Enumerable.Repeat(1, gaps), .. Enumerable.Repeat(2, notches)];
        return ImageDataset.FromImages(new(1, Side, Side), [.. labels.Select(label => (ReadOnlyMemory<byte>)Ring(random, label))], labels);
    }

    private static byte[] Ring(Random random, int kind)
    {
        var (centerX, centerY) = (15.5 + Uniform(-3, 3), 15.5 + Uniform(-3, 3));
        var (radius, width, brightness) = (Uniform(7, 11), Uniform(1.2, 2.2), Uniform(150, 230));
        var start = Uniform(-Math.PI, Math.PI);
        var pixels = new byte[Side * Side];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i % Side - centerX, i / Side - centerY);
            var distance = Math.Abs(Math.Sqrt(x * x + y * y) - radius);
            var isDamaged = (Math.Atan2(y, x) - start + 2 * Math.Tau) % Math.Tau < Math.PI * 40 / 180;
            var value = brightness * Math.Max(0, 1 - Math.Max(0, distance - width / 2));
            if (kind == 1 && isDamaged)
                value = 0;
            if (kind == 2 && isDamaged && distance < 3)
                value = Uniform(0, 255);
            pixels[i] = (byte)Math.Clamp(value + 8 * Normal(random), 0, 255);
        }

        return pixels;

        double Uniform(double from, double to) => from + (to - from) * random.NextDouble();
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
