namespace Elbo.Story;

/// <summary>A rectangle of the latent plane in equal cells.</summary>
/// <param name="Left">The smallest first coordinate.</param>
/// <param name="Bottom">The smallest second coordinate.</param>
/// <param name="Width">The size in the first dimension.</param>
/// <param name="Height">The size in the second dimension.</param>
/// <param name="Cells">The number of cells in each dimension.</param>
internal readonly record struct GridWindow(double Left, double Bottom, double Width, double Height, int Cells)
{
    /// <summary>The number of all cells.</summary>
    public int Count => Cells * Cells;

    /// <summary>The area of a cell.</summary>
    public double CellArea => Width * Height / Count;

    /// <summary>The window that reaches so far from a centre.</summary>
    public static GridWindow Around(double x, double y, double reachX, double reachY, int cells) =>
        new(x - reachX, y - reachY, 2 * reachX, 2 * reachY, cells);

    /// <summary>The centre of a cell; cells are counted row by row from the bottom.</summary>
    public (double X, double Y) Centre(int cell) =>
        (Left + (cell % Cells + 0.5) * Width / Cells, Bottom + (cell / Cells + 0.5) * Height / Cells);

    /// <summary>The area that a cell of this window shares with another window.</summary>
    public double Overlap(int cell, GridWindow other)
    {
        var (x, y) = Centre(cell);
        var (halfX, halfY) = (Width / Cells / 2, Height / Cells / 2);
        var width = Math.Min(x + halfX, other.Left + other.Width) - Math.Max(x - halfX, other.Left);
        var height = Math.Min(y + halfY, other.Bottom + other.Height) - Math.Max(y - halfY, other.Bottom);
        return Math.Max(0, width) * Math.Max(0, height);
    }
}
