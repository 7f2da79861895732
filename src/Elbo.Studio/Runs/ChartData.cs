using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Studio;

/// <summary>The values of a chart as JSON for chart.js, which shows those at an epoch.</summary>
internal static class ChartData
{
    private const int Digits = 5;

    public static string Write(
        ChartFrame frame, Strings strings, IEnumerable<(string Name, string Color, IReadOnlyList<RunPoint> Points)> curves) =>
        new JsonObject
        {
            ["from"] = frame.Left,
            ["to"] = frame.Right,
            ["left"] = ChartFrame.MarginLeft / ChartFrame.Width,
            ["right"] = 1 - ChartFrame.MarginRight / ChartFrame.Width,
            ["epoch"] = strings["Runs.At", "{0}"],
            ["own"] = strings["Runs.Own", "{0}"],
            ["more"] = strings["Runs.MoreCurves", "{0}"],
            ["curves"] = new JsonArray([.. curves.Select(curve => new JsonObject
            {
                ["name"] = curve.Name,
                ["color"] = curve.Color,
                ["epochs"] = Numbers(curve.Points.Select(point => (double?)point.Epoch)),
                ["values"] = Numbers(curve.Points.Select(point => (double?)point.Value)),
                ["errors"] = curve.Points.Any(point => point.Error is not null) ? Numbers(curve.Points.Select(point => point.Error)) : null,
            })]),
        }.ToJsonString();

    private static JsonArray Numbers(IEnumerable<double?> values) => new([.. values.Select(value => value is { } known
        ? JsonValue.Create(double.Parse(known.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null)]);
}
