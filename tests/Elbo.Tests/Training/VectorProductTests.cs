using System.Numerics;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>Products of the training step against libtorch's.</summary>
public class VectorProductTests
{
    private const double Guard = 77;

    /// <summary>Rows, columns and depth: less than a tile, a vector and a panel, as many, and more.</summary>
    public static TheoryData<int, int, int> Sizes =>
        new MatrixTheoryData<int, int, int>([1, 7, 8, 19], [1, 4, 15, 16, 33, 48, 49, 100], [1, 3, 400, 403]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_product_is_that_of_libtorch(int rows, int columns, int depth)
    {
        foreach (var (left, right) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            AssertIsThatOfLibtorch<float>(float32, 1e-5, (rows, columns, depth), left, right);
            AssertIsThatOfLibtorch<double>(float64, 1e-13, (rows, columns, depth), left, right);
        }
    }

    [Fact]
    public void A_sum_can_be_of_more_than_a_million_products() =>
        AssertIsThatOfLibtorch<double>(float64, 1e-12, (1, 1, 1_200_000), transposesLeft: false, transposesRight: false);

    private static void AssertIsThatOfLibtorch<T>(
        ScalarType type, double tolerance, (int Rows, int Columns, int Depth) size, bool transposesLeft, bool transposesRight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var left = Tensors.Normal(1, type, transposesLeft ? size.Depth : size.Rows, transposesLeft ? size.Rows : size.Depth);
        var right = Tensors.Normal(2, type, transposesRight ? size.Columns : size.Depth, transposesRight ? size.Depth : size.Columns);
        // The result is a part of a larger matrix, whose other numbers stay.
        var stride = size.Columns + 5;
        var result = zeros((size.Rows + 2) * stride, type).fill_(Number(Guard));
        using KeptMatrix<T> panel = new(1, VectorProduct<T>.PanelNumbers);

        VectorProduct<T>.Compute(
            new(result, stride + 2, (size.Rows, size.Columns), (stride, 1)),
            Whole(left, transposesLeft),
            Whole(right, transposesRight),
            panel);

        var found = result.view(size.Rows + 2, stride);
        var product = found.narrow(0, 1, size.Rows).narrow(1, 2, size.Columns);
        var expected = (transposesLeft ? left.t() : left).to(float64).mm((transposesRight ? right.t() : right).to(float64));
        var difference = (product.to(float64) - expected).abs().max().item<double>();
        Assert.InRange(difference, 0, tolerance * Math.Sqrt(size.Depth) * 4);
        Assert.Equal(found.numel() - product.numel(), Guards(found) - Guards(product));

        static long Guards(Tensor matrix) => matrix.eq(Number(Guard)).sum().item<long>();

        static MatrixPart<T> Whole(Tensor matrix, bool isTransposed)
        {
            var (rows, columns) = ((int)matrix.shape[0], (int)matrix.shape[1]);
            MatrixPart<T> part = new(matrix, 0, (rows, columns), (columns, 1));
            return isTransposed ? part.Transposed : part;
        }
    }
}
