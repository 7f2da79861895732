using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>
/// A plane through the latent space: two of its dimensions, or the first two principal components of the posterior means. A point of the
/// plane stands for the code origin + x * first + y * second.
/// </summary>
/// <param name="Origin">The code at the point (0, 0).</param>
/// <param name="First">The direction of the first axis, a unit vector.</param>
/// <param name="Second">That of the second, at right angles to it.</param>
internal sealed record PlaneProjection(double[] Origin, double[] First, double[] Second)
{
    /// <summary>The plane of two dimensions, counted from 0, with all others at 0.</summary>
    public static PlaneProjection OfDimensions(int latentSize, int first, int second) =>
        new(new double[latentSize], Unit(latentSize, first), Unit(latentSize, second));

    /// <summary>The plane of the two dimensions of highest KL; where there is one, that dimension and a constant zero.</summary>
    public static PlaneProjection OfHighestKl(LatentSummary latents) => latents.Order.Count == 1
        ? new PlaneProjection([0], [1], [0])
        : OfDimensions(latents.Order.Count, latents.Order[0], latents.Order[1]);

    /// <summary>
    /// The plane of the first two principal components of the posterior means of the shown examples, through their mean.
    /// On the compute thread only.
    /// </summary>
    public static PlaneProjection OfPrincipalComponents(LatentSummary latents)
    {
        var (count, size) = (latents.Means.Count, latents.Means.Size);
        if (size < 3)
            return OfHighestKl(latents);
        using var scope = NewDisposeScope();
        var means = tensor(latents.Means.Values.ToArray(), [count, size]).to(float64);
        var origin = means.mean([0L]);
        var centred = means.sub(origin);
        var (_, vectors) = linalg.eigh(centred.t().mm(centred));
        // Eigenvalues are in ascending order.
        return new PlaneProjection(origin.ToDoubles(), Signed(vectors.select(1, size - 1)), Signed(vectors.select(1, size - 2)));
    }

    /// <summary>The codes of the shown examples in the plane; deviations are those along the axes.</summary>
    public IReadOnlyList<PlaneCode> Project(LatentSummary latents, IReadOnlyList<int> indices)
    {
        var size = Origin.Length;
        var codes = new PlaneCode[latents.Means.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            var mean = latents.Means[row];
            var deviations = latents.Deviations.Length == 0 ? [] : latents.Deviations.AsSpan(row * size, size);
            codes[row] = new PlaneCode(
                indices[row],
                latents.Labels.Count == 0 ? -1 : latents.Labels[row],
                Along(First, mean),
                Along(Second, mean),
                Spread(First, deviations),
                Spread(Second, deviations));
        }

        return codes;
    }

    /// <summary>The code of a point of the plane.</summary>
    public float[] CodeOf(double x, double y) =>
        [.. Enumerable.Range(0, Origin.Length).Select(i => (float)(Origin[i] + x * First[i] + y * Second[i]))];

    private double Along(double[] axis, ReadOnlySpan<float> code)
    {
        var sum = 0.0;
        for (var i = 0; i < axis.Length; i++)
            sum += axis[i] * (code[i] - Origin[i]);
        return sum;
    }

    private static double Spread(double[] axis, ReadOnlySpan<double> deviations)
    {
        var sum = 0.0;
        for (var i = 0; i < deviations.Length; i++)
            sum += axis[i] * axis[i] * deviations[i] * deviations[i];
        return Math.Sqrt(sum);
    }

    // An eigenvector has no sign of its own: the largest component is positive, so that the plane is the same every time.
    private static double[] Signed(Tensor vector)
    {
        var values = vector.ToDoubles();
        var sign = Math.Sign(values.MaxBy(Math.Abs));
        return [.. values.Select(value => sign * value)];
    }

    private static double[] Unit(int size, int dimension)
    {
        var unit = new double[size];
        unit[dimension] = 1;
        return unit;
    }
}
