using System.Globalization;

namespace Elbo.Studio.Tests;

public class ClassPaletteTests
{
    // Matrices that simulate full colour blindness in linear RGB (Machado, Oliveira and Fernandes 2009).
    public static TheoryData<string, double[]> Visions => new()
    {
        { "normal vision", [1, 0, 0, 0, 1, 0, 0, 0, 1] },
        { "protanopia", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998] },
        { "deuteranopia", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881] },
        { "tritanopia", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900] },
    };

    [Theory]
    [MemberData(nameof(Visions))]
    public void No_two_classes_have_similar_colours(string vision, double[] matrix)
    {
        double[][] colors = [.. Enumerable.Range(0, 10).Select(label => Lab(Simulate(Linear(ClassPalette.ColorOf(label)), matrix)))];
        for (var first = 0; first < colors.Length; first++)
        {
            for (var second = 0; second < first; second++)
            {
                var distance = Math.Sqrt(colors[first].Zip(colors[second], (left, right) => (left - right) * (left - right)).Sum());
                Assert.True(distance > 20, $"{vision}: the colours of {first} and {second} are {distance:0.0} apart.");
            }
        }
    }

    private static double[] Linear(string color) =>
    [
        .. Enumerable.Range(0, 3).Select(
            part => int.Parse(color.AsSpan(1 + 2 * part, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)),
    ];

    private static double[] Simulate(double[] color, double[] matrix) =>
        [
            .. Enumerable.Range(0, 3).Select(
                row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => matrix[3 * row + column] * color[column]), 0, 1)),
        ];

    // CIE 1976 L*a*b* for the white point D65.
    private static double[] Lab(double[] linear)
    {
        var x = F((0.4124564 * linear[0] + 0.3575761 * linear[1] + 0.1804375 * linear[2]) / 0.95047);
        var y = F(0.2126729 * linear[0] + 0.7151522 * linear[1] + 0.0721750 * linear[2]);
        var z = F((0.0193339 * linear[0] + 0.1191920 * linear[1] + 0.9503041 * linear[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double value) => value > 0.008856 ? Math.Cbrt(value) : 7.787 * value + 16.0 / 116;
    }
}
