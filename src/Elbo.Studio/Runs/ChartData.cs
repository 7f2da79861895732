using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Studio;

/// <summary>The values of a chart as JSON for chart.js, which shows those at an epoch.</summary>
internal static class ChartData
{
    private const int Digits = 5;
    private const int DigitsOfError = 2;

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
                ["epochs"] = new JsonArray([.. curve.Points.Select(point => JsonValue.Create(point.Epoch))]),
                ["values"] = Numbers(curve.Points.Select(point => (double?)point.Value)),
                ["errors"] = curve.Points.All(point => point.Error is null)
                    ? null
                    : Numbers(curve.Points.Select(point => point.Error), DigitsOfError),
            })]),
        }.ToJsonString();

    private static JsonArray Numbers(IEnumerable<double?> values, int digits = Digits) => new([.. values.Select(value => value is { } known
        ? JsonValue.Create(double.Parse(known.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null)]);
}
