using System.Globalization;

namespace Elbo.Studio;

/// <summary>Where one points in the plane of each world, in latent units; null where one has not pointed yet.</summary>
internal readonly record struct PointedPlaces((double X, double Y)? First, (double X, double Y)? Second, (double X, double Y)? Third)
{
    private const double MaxCoordinate = 1_000;
    private const char BetweenWorlds = '_';

    public (double X, double Y)? this[int world] => world switch { 0 => First, 1 => Second, _ => Third };

    /// <summary>Reads them from an address: <c>x,y</c> for each world, underscores between them.</summary>
    public static PointedPlaces Parse(string? text)
    {
        var places = (text ?? "").Split(BetweenWorlds).Select(ParsePlace).Concat(new (double, double)?[3]).ToArray();
        return new PointedPlaces(places[0], places[1], places[2]);
    }

    /// <summary>The same with another place in one world.</summary>
    public PointedPlaces With(int world, (double X, double Y) place) => world switch
    {
        0 => this with { First = Round(place) },
        1 => this with { Second = Round(place) },
        _ => this with { Third = Round(place) },
    };

    /// <summary>How an address writes them; null where one has pointed nowhere.</summary>
    public string? ToAddress() => this == default ? null : string.Join(BetweenWorlds, Text(First), Text(Second), Text(Third));

    private static (double X, double Y)? ParsePlace(string text)
    {
        var numbers = text.Split(',');
        if (numbers.Length != 2)
            return null;
        var (x, y) = (Number(numbers[0]), Number(numbers[1]));
        return double.IsNaN(x + y) ? null : Round((x, y));
    }

    private static double Number(string text) => Address.Number(text, double.NaN, -MaxCoordinate, MaxCoordinate);

    private static (double X, double Y) Round((double X, double Y) place) => (Math.Round(place.X, 2), Math.Round(place.Y, 2));

    private static string Text((double X, double Y)? place) => place is { } there
        ? string.Create(CultureInfo.InvariantCulture, $"{there.X:0.##},{there.Y:0.##}")
        : "";
}
