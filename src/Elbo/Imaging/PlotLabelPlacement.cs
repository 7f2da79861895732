using SkiaSharp;

namespace Elbo;

/// <summary>Places the label of each point of a plot beside it, over neither points nor other labels where there is room.</summary>
internal static class PlotLabelPlacement
{
    // Up and to the right comes first: there a falling curve, the usual one of two costs, leaves room.
    private static readonly (float X, float Y)[] Directions = [(1, -1), (1, 0), (0, -1), (-1, -1), (-1, 0), (1, 1), (0, 1), (-1, 1)];

    private static readonly float[] Distances = [1, 16, 32];

    /// <param name="points">The points, in pixels.</param>
    /// <param name="sizes">The size of each point's label.</param>
    /// <param name="area">Where labels may be.</param>
    /// <param name="markerSize">The diameter of a point.</param>
    /// <returns>For each label, the way from its point to the middle of the label.</returns>
    public static IReadOnlyList<SKPoint> Place(
        IReadOnlyList<SKPoint> points, IReadOnlyList<SKSize> sizes, SKRect area, float markerSize)
    {
        List<SKRect> taken = [.. points.Select(point => Around(point, new SKSize(markerSize, markerSize)))];
        var places = new List<SKPoint>();
        foreach (var (point, size) in points.Zip(sizes))
        {
            var offset = Candidates(size, markerSize).MinBy(candidate => Trouble(Around(point + candidate, size), taken, area));
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

    // The area that is covered twice or lies outside, in whole pixels: the first of several candidates without any is taken.
    private static float Trouble(SKRect label, List<SKRect> taken, SKRect area) =>
        MathF.Round(taken.Sum(other => Overlap(label, other)) + label.Width * label.Height - Overlap(label, area));

    private static float Overlap(SKRect left, SKRect right) =>
        Math.Max(0, Math.Min(left.Right, right.Right) - Math.Max(left.Left, right.Left))
            * Math.Max(0, Math.Min(left.Bottom, right.Bottom) - Math.Max(left.Top, right.Top));

    private static SKRect Around(SKPoint middle, SKSize size) =>
        SKRect.Create(middle.X - size.Width / 2, middle.Y - size.Height / 2, size.Width, size.Height);
}
