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

        watch.Record(Terms(1, 2), tensor(3f), 1);

        Assert.Null(watch.Read());
    }

    [Theory]
    [InlineData(float.NaN, 1f, "the reconstruction")]
    [InlineData(1f, float.PositiveInfinity, "the KL term")]
    [InlineData(float.NaN, float.NaN, "the reconstruction")]
    [InlineData(1f, 1f, "the weighted loss")]
    public void The_first_step_and_term_are_kept_whatever_follows(float reconstruction, float kl, string term)
    {
        using var scope = NewDisposeScope();
        using var watch = new FiniteWatch(CPU);

        watch.Record(Terms(1, 2), tensor(3f), 6);
        watch.Record(Terms(reconstruction, kl), tensor(float.NaN), 7);
        watch.Record(Terms(float.NaN, float.NaN), tensor(float.NaN), 8);
        watch.Record(Terms(1, 2), tensor(3f), 9);

        Assert.Equal((7, term), watch.Read());
    }

    private static BoundTerms Terms(float reconstruction, float kl) =>
        new(
        tensor(new[] { 1f, reconstruction }), [new KlTerm("z", tensor(new[] { 1f, kl }).view(2, 1), IsMonteCarlo: false)], zeros(2, 1));
}
