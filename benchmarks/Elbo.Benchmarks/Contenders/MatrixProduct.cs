using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>A matrix product [Rows, Inner] · [Inner, Columns] of a model.</summary>
internal sealed record MatrixProduct(string Name, int Rows, int Inner, int Columns)
{
    public string Shape => $"[{Rows}, {Inner}] · [{Inner}, {Columns}]";
}

/// <summary>Which of a product's three matrices are column-major.</summary>
internal readonly record struct ProductLayout(bool Left, bool Right, bool Output)
{
    public static IReadOnlyList<ProductLayout> All { get; } =
        [.. Enumerable.Range(0, 8).Select(bits => new ProductLayout((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0))];

    public override string ToString() => $"{Letter(Left)} · {Letter(Right)} = {Letter(Output)}";

    private static string Letter(bool isColumnMajor) => isColumnMajor ? "column" : "row";
}

/// <summary>A product with allocated matrices in a given layout.</summary>
internal sealed class PreparedProduct : IDisposable
{
    private readonly Tensor _left;
    private readonly Tensor _right;
    private readonly Tensor _output;

    public PreparedProduct(MatrixProduct product, ProductLayout layout)
    {
        (Product, Layout) = (product, layout);
        using var scope = NewDisposeScope();
        _left = Matrix(product.Rows, product.Inner, layout.Left);
        _right = Matrix(product.Inner, product.Columns, layout.Right);
        _output = Matrix(product.Rows, product.Columns, layout.Output);
    }

    public MatrixProduct Product { get; }

    public ProductLayout Layout { get; }

    /// <summary>Computes the product into preallocated memory.</summary>
    public void Compute()
    {
        using var scope = NewDisposeScope();
        _output.addmm_(_left, _right, beta: 0);
    }

    /// <summary>Returns the mean milliseconds per product.</summary>
    public double Time(int count)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            Compute();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / count;
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _output.Dispose();
    }

    private static Tensor Matrix(int rows, int columns, bool isColumnMajor) =>
        (isColumnMajor ? randn(columns, rows).t() : randn(rows, columns)).DetachFromDisposeScope();
}
