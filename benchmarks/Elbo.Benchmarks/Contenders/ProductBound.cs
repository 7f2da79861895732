using System.Diagnostics;
using TorchSharp;

namespace Elbo.Benchmarks;

/// <summary>
/// The lower bound of the time: only the matrix products of a model, computed by the library that Elbo uses, each in its fastest layout and
/// into preallocated memory.
/// </summary>
internal sealed class ProductBound : IDisposable
{
    private const int Rounds = 5;
    private readonly List<(PreparedProduct Product, double Milliseconds)> _products;

    private ProductBound(List<(PreparedProduct, double)> products) => _products = products;

    /// <summary>Measures every layout of every product in interleaved rounds, and keeps the fastest one.</summary>
    public static ProductBound Choose(IReadOnlyList<MatrixProduct> products, bool isQuick)
    {
        using var _ = torch.no_grad();
        var chosen = new List<(PreparedProduct, double)>();
        foreach (var product in products)
        {
            var candidates = ProductLayout.All.Select(layout => new PreparedProduct(product, layout)).ToList();
            // About ten milliseconds per round.
            var once = candidates.Min(candidate => candidate.Time(2));
            var count = Math.Clamp((int)((isQuick ? 1 : 10) / once), 1, 500);
            var times = candidates.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (index, candidate) in candidates.Index())
                    times[index].Add(candidate.Time(count));
            }

            // The minimum of each, because noise only increases the time.
            var (best, milliseconds) = candidates.Index()
                .Select(entry => (entry.Item, Milliseconds: times[entry.Index].Min()))
                .MinBy(entry => entry.Milliseconds);
            foreach (var other in candidates.Where(candidate => candidate != best))
                other.Dispose();
            chosen.Add((best, milliseconds));
        }

        return new ProductBound(chosen);
    }

    /// <summary>Computes all products of a number of steps and returns the milliseconds per step.</summary>
    public double Slice(int steps)
    {
        using var _ = torch.no_grad();
        var started = Stopwatch.GetTimestamp();
        for (var step = 0; step < steps; step++)
        {
            foreach (var (product, _) in _products)
                product.Compute();
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / steps;
    }

    /// <summary>Adds a table of the products to a report.</summary>
    public void List(Report report) => report.Table(
        ["product", "shape", "layout (left · right = output)", "minimum ms"],
        _products.Select(entry => (string[])
        [
            entry.Product.Product.Name,
            entry.Product.Product.Shape,
            entry.Product.Layout.ToString(),
            entry.Milliseconds.ToString("0.000"),
        ]).Append(["all", "", "", _products.Sum(entry => entry.Milliseconds).ToString("0.000")]));

    public void Dispose()
    {
        foreach (var (product, _) in _products)
            product.Dispose();
    }
}
