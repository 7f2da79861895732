namespace Elbo.Story;

/// <summary>The moments of a distribution in the plane.</summary>
/// <param name="MeanX">The mean of the first coordinate.</param>
/// <param name="MeanY">The mean of the second.</param>
/// <param name="DeviationX">The standard deviation of the first coordinate.</param>
/// <param name="DeviationY">The standard deviation of the second.</param>
/// <param name="Correlation">The correlation of both.</param>
internal readonly record struct PlaneMoments(double MeanX, double MeanY, double DeviationX, double DeviationY, double Correlation)
{
    /// <summary>The moments of the part of a density that lies on a grid.</summary>
    /// <param name="window">The grid.</param>
    /// <param name="logDensities">The logarithm of the density, up to a constant, at the centres of the cells.</param>
    /// <param name="logMass">The logarithm of the integral of the same over the grid.</param>
    public static PlaneMoments Of(GridWindow window, double[] logDensities, double logMass)
    {
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (var cell = 0; cell < window.Count; cell++)
        {
            // Relative to the middle, because the spot is small beside its distance from the origin.
            var share = Math.Exp(logDensities[cell] - logMass) * window.CellArea;
            var at = window.Centre(cell);
            var (dx, dy) = (at.X - window.Left - window.Width / 2, at.Y - window.Bottom - window.Height / 2);
            x += share * dx;
            y += share * dy;
            xx += share * dx * dx;
            yy += share * dy * dy;
            xy += share * dx * dy;
        }

        var (deviationX, deviationY) = (Math.Sqrt(Math.Max(0, xx - x * x)), Math.Sqrt(Math.Max(0, yy - y * y)));
        return new PlaneMoments(
            window.Left + window.Width / 2 + x,
            window.Bottom + window.Height / 2 + y,
            deviationX,
            deviationY,
            deviationX * deviationY == 0 ? 0 : (xy - x * y) / (deviationX * deviationY));
    }
}
