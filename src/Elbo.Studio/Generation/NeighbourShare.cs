namespace Elbo.Studio;

/// <summary>How often the nearest other code of a plane has the same label: near 1 where labels lie apart.</summary>
/// <param name="Share">The share of the codes.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Chance">The share that labels dealt out at random would have.</param>
/// <param name="Count">The number of codes.</param>
internal sealed record NeighbourShare(double Share, double StandardError, double Chance, int Count)
{
    public static NeighbourShare? Of(IReadOnlyList<PlaneCode> codes)
    {
        var count = codes.Count;
        if (count < 2)
            return null;
        var share = codes.Index().Count(code => codes[NearestTo(codes, code.Index)].Label == code.Item.Label) / (double)count;
        var chance = codes.CountBy(code => code.Label).Sum(label => label.Value * (label.Value - 1.0) / (count * (count - 1.0)));
        return new NeighbourShare(share, Math.Sqrt(share * (1 - share) / count), chance, count);
    }

    private static int NearestTo(IReadOnlyList<PlaneCode> codes, int index)
    {
        var (nearest, least) = (-1, double.PositiveInfinity);
        for (var other = 0; other < codes.Count; other++)
        {
            var (x, y) = (codes[other].X - codes[index].X, codes[other].Y - codes[index].Y);
            if (other == index || x * x + y * y >= least)
                continue;
            (nearest, least) = (other, x * x + y * y);
        }

        return nearest < 0 ? index : nearest;
    }
}
