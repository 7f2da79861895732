using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ScalarsTests
{
    [Fact]
    public void A_number_outlives_a_collection_where_a_converted_one_does_not()
    {
        var (kept, converted) = Made();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.True(kept.IsAlive);
        Assert.False(converted.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference Kept, WeakReference Converted) Made() => (new(Number(0.5)), new(Unkept()));
    }

    private static Scalar Unkept() => 0.5;

    [Fact]
    public void Numbers_are_given_back_in_turn()
    {
        var first = Number(3);
        var second = Number(0.5);
        for (var i = 0; i < 63; i++)
            Number(i);

        Assert.Throws<InvalidOperationException>(() => first.Type);
        Assert.Equal(ScalarType.Float64, second.Type);
        Assert.Equal(ScalarType.Int64, One.Type);
    }

    [Fact]
    public void A_script_takes_no_number_that_is_not_kept_alive()
    {
        using var scope = NewDisposeScope();
        var script = new CompiledScript(
            """
            def times(x: Tensor, factor: float) -> Tensor:
                return x * factor

            """);

        Assert.Equal([3.0], Tensors.ToArray((Tensor)script.Invoke("times", ones(1), Number(3.0))));
        var error = Assert.Throws<ArgumentException>(() => script.Invoke("times", ones(1), 3.0));
        Assert.StartsWith("A script does not take an argument of the type Double.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(0.3)]
    [InlineData(-0.3)]
    [InlineData(19.5)]
    [InlineData(-19.5)]
    [InlineData(36.8)]
    [InlineData(-750)]
    [InlineData(1e300)]
    public void Softplus_and_its_slope_are_exact(double at)
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { at }, requires_grad: true);
        // The larger of 0 and x, and what is left: log(1 + u) by its own series where u is too small for 1 + u.
        var rest = Math.Exp(-Math.Abs(at));
        var expected = Math.Max(at, 0) + (rest < 1e-5 ? rest - (rest * rest / 2) : Math.Log(1 + rest));

        var softplus = x.Softplus();
        softplus.sum().backward();

        Assert.Equal(expected, softplus.item<double>(), Math.Abs(expected) * 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(-at)), x.grad!.item<double>(), 1e-15);
    }

    [Fact]
    public void Sums_and_differences_are_those_of_the_numbers()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(new[] { 1.5, -2 }), tensor(new[] { 0.25, 4 }));

        Assert.Equal([1.75, 2], Tensors.ToArray(x.Plus(y)));
        Assert.Equal([1.6, -1.9], Tensors.ToArray(x.Plus(0.1)));
        Assert.Equal([-0.5, 3], Tensors.ToArray(One.Minus(x)));
        Assert.Equal([2.25, 4], Tensors.ToArray(x.Squared()));
    }
}
