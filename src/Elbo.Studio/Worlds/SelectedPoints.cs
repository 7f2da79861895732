using System.Globalization;

namespace Elbo.Studio;

/// <summary>The selected point in the latent plane of each world, in latent units; null if none is selected.</summary>
internal readonly record struct SelectedPoints((double X, double Y)? First, (double X, double Y)? Second, (double X, double Y)? Third)
{
    private const double MaxCoordinate = 1_000;
    private const char Separator = '_';

    public (double X, double Y)? this[int world] => world switch { 0 => First, 1 => Second, _ => Third };

    /// <summary>Parses them from a URL: <c>x,y</c> for each world, separated by underscores.</summary>
    public static SelectedPoints Parse(string? text)
    {
        var points = (text ?? "").Split(Separator).Select(ParsePoint).Concat(new (double, double)?[3]).ToArray();
        return new SelectedPoints(points[0], points[1], points[2]);
    }

    /// <summary>A copy with another point in one world.</summary>
    public SelectedPoints With(int world, (double X, double Y) point) => world switch
    {
        0 => this with { First = Round(point) },
        1 => this with { Second = Round(point) },
        _ => this with { Third = Round(point) },
    };

    /// <summary>Formats them for a URL; null if no point is selected.</summary>
    public string? ToAddress() => this == default ? null : string.Join(Separator, Text(First), Text(Second), Text(Third));

    private static (double X, double Y)? ParsePoint(string text)
    {
        var numbers = text.Split(',');
        if (numbers.Length != 2)
            return null;
        var (x, y) = (Number(numbers[0]), Number(numbers[1]));
        return double.IsNaN(x + y) ? null : Round((x, y));
    }

    private static double Number(string text) => Address.Number(text, double.NaN, -MaxCoordinate, MaxCoordinate);

    private static (double X, double Y) Round((double X, double Y) point) => (Math.Round(point.X, 2), Math.Round(point.Y, 2));

    private static string Text((double X, double Y)? point) => point is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.X:0.##},{known.Y:0.##}")
        : "";
}
