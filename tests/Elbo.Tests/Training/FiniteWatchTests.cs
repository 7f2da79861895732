using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class FiniteWatchTests
{
    [Fact]
    public void Nothing_is_noted_while_all_is_finite()
    {
        using var scope = NewDisposeScope();
        using var watch = new FiniteWatch(CPU);

        watch.Record(Sums(1, 2, 3));

        Assert.Null(watch.Read(1));
    }

    [Theory]
    [InlineData(double.NaN, 1, "the reconstruction")]
    [InlineData(1, double.PositiveInfinity, "the KL term")]
    [InlineData(double.NaN, double.NaN, "the reconstruction")]
    [InlineData(1, 1, "the weighted loss")]
    public void The_first_step_and_term_are_kept_whatever_follows(double reconstruction, double kl, string term)
    {
        using var scope = NewDisposeScope();
        using var watch = new FiniteWatch(CPU);

        watch.Record(Sums(1, 2, 3));
        watch.Record(Sums(reconstruction, kl, double.NaN));
        watch.Record(Sums(double.NaN, double.NaN, double.NaN));
        watch.Record(Sums(1, 2, 3));

        Assert.Equal((7, term), watch.Read(9));
        watch.Record(Sums(1, 2, 3));
        Assert.Equal((7, term), watch.Read(10));
    }

    [Fact]
    public void A_step_is_found_among_more_than_are_kept()
    {
        using var scope = NewDisposeScope();
        using var watch = new FiniteWatch(CPU);

        for (var step = 1; step <= 10_000; step++)
            watch.Record(Sums(1, 2, step == 4_500 ? double.NaN : 3));

        Assert.Equal((4_500, "the weighted loss"), watch.Read(10_000));
        // Of a training that was resumed after 70 steps.
        Assert.Equal((4_570, "the weighted loss"), watch.Read(10_070));
    }

    [Fact]
    public void What_batches_add_is_what_is_watched()
    {
        using var scope = NewDisposeScope();
        using var model = SmallRuns.Model();
        using var watch = new FiniteWatch(CPU);
        using var sums = new TermAccumulator(model, CPU, watch.Record);
        KlTerm[] kl = [new("z", tensor(new[] { 1f, float.NaN, 1, 1, 1, 1 }).view(2, 3), IsMonteCarlo: false)];

        sums.AddOnDevice(new BoundTerms(ones(2), kl, zeros(2, 3)), tensor(float.NaN));
        Assert.Null(watch.Read(4));
        // A batch of another size.
        sums.AddOnDevice(new BoundTerms(ones(1), [kl[0] with { Values = ones(1, 3) }], zeros(1, 3)), tensor(1f));
        Assert.Equal((5, "the KL term"), watch.Read(5));
        sums.AddDeferred();

        Assert.Equal((5, "the KL term"), watch.Read(6));
    }

    // Of an example: the columns of the sums of the terms.
    private static Tensor Sums(double reconstruction, double kl, double loss) =>
        tensor(new[] { 1, loss, reconstruction, reconstruction + kl, 0, 0 }).unsqueeze(0);
}
