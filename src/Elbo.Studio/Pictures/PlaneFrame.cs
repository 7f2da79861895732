namespace Elbo.Studio;

/// <summary>The part of a latent plane that is shown: a square around the origin, so that the unit Gaussian is in the middle and round.</summary>
/// <param name="Reach">From the origin to each side.</param>
internal readonly record struct PlaneFrame(double Reach)
{
    /// <summary>The side of the picture in its own units.</summary>
    public const double Side = 300;

    private const double ThreeSigma = 3.2;
    private const double ShownShare = 0.98;

    /// <summary>The frame that holds the unit Gaussian to three sigma and nearly all codes; a few that lie far out do not shrink the rest.</summary>
    public static PlaneFrame Around(IReadOnlyList<PlaneCode> codes)
    {
        if (codes.Count == 0)
            return new PlaneFrame(ThreeSigma);
        double[] reaches = [.. codes.Select(code => Math.Max(Math.Abs(code.X) + code.DeviationX, Math.Abs(code.Y) + code.DeviationY)).Order()];
        var far = reaches[Math.Min(reaches.Length - 1, (int)(reaches.Length * ShownShare))];
        return new PlaneFrame(Math.Max(ThreeSigma, far * 1.05));
    }

    /// <summary>A length in the picture.</summary>
    public double Length(double latent) => latent / Reach * Side / 2;

    /// <summary>Where a place is drawn, from the left.</summary>
    public double Left(double x) => Side / 2 + Length(x);

    /// <summary>Where a place is drawn, from the top.</summary>
    public double Top(double y) => Side / 2 - Length(y);

    /// <summary>The place under a pointer, given as shares of the picture's width and height from its upper left.</summary>
    public (double X, double Y) At(double left, double top) =>
        ((Math.Clamp(left, 0, 1) * 2 - 1) * Reach, (1 - Math.Clamp(top, 0, 1) * 2) * Reach);
}
