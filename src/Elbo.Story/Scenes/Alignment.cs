namespace Elbo.Story;

/// <summary>
/// The rotation or reflection of a plane that brings codes closest to others: the orthogonal Procrustes problem in two dimensions
/// (Schönemann 1966). The prior N(0, I) is the same in every direction, so that two trainings differ by one.
/// </summary>
internal static class Alignment
{
    /// <summary>The dimensions of a plane.</summary>
    public const int Dimensions = 2;

    /// <summary>The matrix A, row by row, that minimises the sum of |A code - reference|².</summary>
    /// <param name="codes">The codes, one after another.</param>
    /// <param name="reference">The codes of the same examples in the other plane.</param>
    public static float[] Of(ReadOnlySpan<double> codes, ReadOnlySpan<double> reference)
    {
        // The sums of reference times code, as a matrix.
        double xx = 0, xy = 0, yx = 0, yy = 0;
        for (var i = 0; i < codes.Length; i += Dimensions)
        {
            xx += reference[i] * codes[i];
            xy += reference[i] * codes[i + 1];
            yx += reference[i + 1] * codes[i];
            yy += reference[i + 1] * codes[i + 1];
        }

        // What the best rotation and the best reflection reach; either is one angle.
        var (rotationX, rotationY) = (xx + yy, yx - xy);
        var (reflectionX, reflectionY) = (xx - yy, yx + xy);
        var isReflection = double.Hypot(reflectionX, reflectionY) > double.Hypot(rotationX, rotationY);
        var (x, y) = isReflection ? (reflectionX, reflectionY) : (rotationX, rotationY);
        var length = double.Hypot(x, y);
        var (cosine, sine) = length == 0 ? (1f, 0f) : ((float)(x / length), (float)(y / length));
        return isReflection ? [cosine, sine, sine, -cosine] : [cosine, -sine, sine, cosine];
    }
}
