using System.Globalization;

namespace Elbo.Studio;

/// <summary>The axes of a chart: the visible range of values and the mapping to SVG coordinates.</summary>
internal sealed record ChartFrame(double Left, double Right, double Bottom, double Top)
{
    public const double Width = 460;
    public const double Height = 260;
    public const double MarginLeft = 52;
    public const double MarginRight = 10;
    private const double MarginTop = 10;
    private const double MarginBottom = 30;
    private static readonly double[] RoundFactors = [1, 2, 5, 10];

    /// <summary>
    /// The frame that contains all series. If the first epochs are far above the rest they are cut off, so that the later epochs are
    /// readable.
    /// </summary>
    public static ChartFrame Around(IReadOnlyList<RunSeries> series, (int From, int To)? zoom = null)
    {
        double[] values =
        [
            .. series.SelectMany(each => each.Points)
                .Where(point => zoom is not { } shown || (point.Epoch >= shown.From && point.Epoch <= shown.To))
                .Select(point => point.Value).Order(),
        ];
        if (values.Length == 0)
            return new ChartFrame(zoom?.From ?? 0, zoom?.To ?? 1, 0, 1);
        var (low, high) = (values[0], values[^1]);
        var usual = values[(int)((values.Length - 1) * 0.9)];
        if (values.Length > 20 && high - low > 4 * (usual - low) && usual > low)
            high = low + 2 * (usual - low);
        var room = high > low ? (high - low) * 0.06 : Math.Max(Math.Abs(high) * 0.05, 0.05);
        var last = series.Max(each => each.Points[^1].Epoch);
        return zoom is { } range
            ? new ChartFrame(range.From, range.To, low - room, high + room)
            : new ChartFrame(0, Math.Max(1, last), low - room, high + room);
    }

    public double X(double epoch) => MarginLeft + (epoch - Left) / (Right - Left) * (Width - MarginLeft - MarginRight);

    public double Y(double value) => Height - MarginBottom - (value - Bottom) / (Top - Bottom) * (Height - MarginTop - MarginBottom);

    /// <summary>About five round numbers within the range of the axis.</summary>
    public static IReadOnlyList<double> Ticks(double from, double to, bool whole = false)
    {
        // Powers of ten below this are zero or lose their digits.
        var rough = Math.Max((to - from) / 5, 1e-300);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = RoundFactors.Select(factor => factor * power).First(each => each >= rough);
        if (whole)
            step = Math.Max(1, Math.Round(step));
        var first = Math.Ceiling(from / step);
        return [.. Enumerable.Range(0, (int)Math.Floor(to / step - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>The line through the points of a series, as SVG path data.</summary>
    public string Path(RunSeries series) => string.Join(
        ' ',
        series.Points.Select((point, index) => string.Create(
            CultureInfo.InvariantCulture, $"{(index == 0 ? 'M' : 'L')}{X(point.Epoch):0.0} {Y(point.Value):0.0}")));

    /// <summary>The area of one standard error on both sides of a series, as SVG path data; empty where none is recorded.</summary>
    public string Band(RunSeries series)
    {
        var known = series.Points.Where(point => point.Error is > 0).ToList();
        if (known.Count < 2)
            return "";
        var corners = known.Select(point => (point.Epoch, Value: point.Value + point.Error!.Value))
            .Concat(known.AsEnumerable().Reverse().Select(point => (point.Epoch, Value: point.Value - point.Error!.Value)));
        return string.Join(' ', corners.Select((corner, index) => string.Create(
            CultureInfo.InvariantCulture, $"{(index == 0 ? 'M' : 'L')}{X(corner.Epoch):0.0} {Y(corner.Value):0.0}"))) + "Z";
    }

    /// <summary>The label of a tick, with enough digits to distinguish neighbouring ticks.</summary>
    public static string Label(double value) => Math.Abs(value) is > 0 and < 0.001
        ? value.ToString("0.#e0", CultureInfo.InvariantCulture)
        : value.ToString("0.####", CultureInfo.InvariantCulture);
}
