using SkiaSharp;

namespace Elbo;

/// <summary>Places a label next to each point of a plot, if possible without overlapping points or other labels.</summary>
internal static class PlotLabelPlacement
{
    // Above right is first, because a rate-distortion curve, which falls, leaves space there.
    private static readonly (float X, float Y)[] Directions = [(1, -1), (1, 0), (0, -1), (-1, -1), (-1, 0), (1, 1), (0, 1), (-1, 1)];

    private static readonly float[] Distances = [1, 16, 32];

    /// <param name="points">The points, in pixels.</param>
    /// <param name="sizes">The size of each point's label.</param>
    /// <param name="area">The area available for labels.</param>
    /// <param name="markerSize">The diameter of a point.</param>
    /// <returns>For each label, the offset from its point to the centre of the label.</returns>
    public static IReadOnlyList<SKPoint> Place(
        IReadOnlyList<SKPoint> points, IReadOnlyList<SKSize> sizes, SKRect area, float markerSize)
    {
        List<SKRect> taken = [.. points.Select(point => Around(point, new SKSize(markerSize, markerSize)))];
        var places = new List<SKPoint>();
        foreach (var (point, size) in points.Zip(sizes))
        {
            var offset = Candidates(size, markerSize).MinBy(candidate => Penalty(Around(point + candidate, size), taken, area));
            places.Add(offset);
            taken.Add(Around(point + offset, size));
        }

        return places;
    }

    private static IEnumerable<SKPoint> Candidates(SKSize size, float markerSize) =>
        from distance in Distances
        from direction in Directions
        let reach = markerSize / 2 + distance
        select new SKPoint(direction.X * (reach + size.Width / 2), direction.Y * (reach + size.Height / 2));

    // The area that overlaps or lies outside, in whole pixels, so that the first of several candidates without overlap is chosen.
    private static float Penalty(SKRect label, List<SKRect> taken, SKRect area) =>
        MathF.Round(taken.Sum(other => Overlap(label, other)) + label.Width * label.Height - Overlap(label, area));

    private static float Overlap(SKRect left, SKRect right) =>
        Math.Max(0, Math.Min(left.Right, right.Right) - Math.Max(left.Left, right.Left))
            * Math.Max(0, Math.Min(left.Bottom, right.Bottom) - Math.Max(left.Top, right.Top));

    private static SKRect Around(SKPoint middle, SKSize size) =>
        SKRect.Create(middle.X - size.Width / 2, middle.Y - size.Height / 2, size.Width, size.Height);
}
