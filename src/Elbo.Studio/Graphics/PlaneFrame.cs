namespace Elbo.Studio;

/// <summary>The visible part of a latent plane: a square around the origin, so that the unit Gaussian is centred and circular.</summary>
/// <param name="HalfWidth">The distance from the origin to each side, in latent units.</param>
internal readonly record struct PlaneFrame(double HalfWidth)
{
    /// <summary>The side of the SVG in its own units.</summary>
    public const double Side = 300;

    private const double ThreeSigma = 3.2;
    private const double ShownShare = 0.98;

    /// <summary>
    /// The frame that contains the unit Gaussian up to three sigma and nearly all codes; a few outliers are cut off so that they do not
    /// shrink the rest.
    /// </summary>
    public static PlaneFrame Around(IReadOnlyList<PlaneCode> codes)
    {
        if (codes.Count == 0)
            return new PlaneFrame(ThreeSigma);
        double[] extents =
        [
            .. codes.Select(code => Math.Max(Math.Abs(code.X) + code.DeviationX, Math.Abs(code.Y) + code.DeviationY)).Order(),
        ];
        var far = extents[Math.Min(extents.Length - 1, (int)(extents.Length * ShownShare))];
        return new PlaneFrame(Math.Max(ThreeSigma, far * 1.05));
    }

    /// <summary>Converts a latent length to SVG units.</summary>
    public double Length(double latent) => latent / HalfWidth * Side / 2;

    /// <summary>The SVG x coordinate of a latent x coordinate.</summary>
    public double Left(double x) => Side / 2 + Length(x);

    /// <summary>The SVG y coordinate of a latent y coordinate.</summary>
    public double Top(double y) => Side / 2 - Length(y);

    /// <summary>The latent point at a position relative to width and height, from 0 to 1, measured from the upper left.</summary>
    public (double X, double Y) At(double left, double top) =>
        ((Math.Clamp(left, 0, 1) * 2 - 1) * HalfWidth, (1 - Math.Clamp(top, 0, 1) * 2) * HalfWidth);
}
