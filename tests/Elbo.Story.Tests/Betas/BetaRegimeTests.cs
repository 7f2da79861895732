namespace Elbo.Story.Tests;

/// <summary>The sentence on a member of a family, by figures made by hand: each comparison beyond its error changes it.</summary>
public class BetaRegimeTests
{
    private const double Nats = 0.01;

    // Many draws outside at first, fewer then, few; the sum of both terms grows only at the last.
    private static readonly BetaFigures[] Family =
    [
        Clouds(0.1, holes: 0.6, reconstruction: 100, kl: [5, 5]),
        Clouds(0.5, holes: 0.3, reconstruction: 101, kl: [4, 4]),
        Clouds(2, holes: 0.1, reconstruction: 103, kl: [3, 3]),
        Clouds(8, holes: 0.05, reconstruction: 120, kl: [2, 2]),
    ];

    [Fact]
    public void Each_member_of_a_family_has_its_regime()
    {
        var regimes = BetaRegime.Of(Family);
        Assert.Equal(
            [BetaRegime.Holes, BetaRegime.SmallerHoles, BetaRegime.Balance, BetaRegime.Costly], regimes.Select(regime => regime.Name));
        Assert.Equal(0.6, regimes[0].Values["holes"]);
        Assert.Equal(0.1, regimes[1].Values["before"]);
        // The sums are 110, 109 and 109: the first of the least is the one of 0.5.
        Assert.Equal(0.5, regimes[3].Values["best"]);
        Assert.Equal(19, regimes[3].Values["cost"], 1e-9);
        Assert.Equal(4, regimes[3].Values["saved"], 1e-9);
    }

    [Theory]
    [InlineData(0.6, 0.01, BetaRegime.Holes)]
    [InlineData(0.24, 0.01, BetaRegime.Holes)]
    [InlineData(0.24, 0.02, BetaRegime.Undecided)]
    [InlineData(0.16, 0.02, BetaRegime.Undecided)]
    [InlineData(0.16, 0.01, BetaRegime.Balance)]
    [InlineData(0, double.NaN, BetaRegime.Undecided)]
    public void Holes_are_seen_beyond_their_error(double share, double error, string expected) =>
        AssertRegime(expected, 0, [Clouds(1, share, 100, [4, 4], holesError: error), .. Family[2..]]);

    [Fact]
    public void Smaller_holes_need_larger_ones_at_the_beta_before()
    {
        AssertRegime(BetaRegime.SmallerHoles, 1, Family);
        AssertRegime(BetaRegime.Holes, 1, [Clouds(0.1, 0.32, 100, [5, 5]), .. Family[1..]]);
        // An autoencoder, which has no clouds, is not before it.
        AssertRegime(BetaRegime.Holes, 1, [Points(0.5), .. Family[1..]]);
    }

    [Fact]
    public void Reconstruction_pays_where_the_sum_grows_beyond_its_error_while_the_KL_falls()
    {
        AssertRegime(BetaRegime.Costly, 3, Family);
        AssertRegime(BetaRegime.Balance, 3, [.. Family[..3], Clouds(8, 0.05, 120, [2, 2], sumError: 5)]);
        AssertRegime(BetaRegime.Balance, 3, [.. Family[..3], Clouds(8, 0.05, 104, [2, 2])]);
        AssertRegime(BetaRegime.Balance, 3, [.. Family[..3], Clouds(8, 0.05, 120, [4, 4])]);
        AssertRegime(BetaRegime.Holes, 3, [.. Family[..3], Clouds(8, 0.5, 120, [2, 2])]);
    }

    [Theory]
    [InlineData(0.001, 0.001, 0.0001, BetaRegime.Collapse)]
    [InlineData(2, 0.001, 0.0001, BetaRegime.Dead)]
    [InlineData(0.001, 2, 0.0001, BetaRegime.Dead)]
    [InlineData(2, 0.02, 0.0001, BetaRegime.Costly)]
    [InlineData(2, 0.001, 0.01, BetaRegime.Costly)]
    [InlineData(0.02, 0.001, 0.01, BetaRegime.Costly)]
    public void A_dimension_is_dead_beyond_its_error(double first, double second, double error, string expected) =>
        AssertRegime(expected, 3, [.. Family[..3], Clouds(8, 0.05, 120, [first, second], klError: error)]);

    [Fact]
    public void Points_are_far_out_where_more_of_them_are_than_of_the_prior()
    {
        AssertRegime(BetaRegime.Far, 0, [Points(0.5), .. Family]);
        AssertRegime(BetaRegime.Far, 0, [Points(0.05), .. Family]);
        AssertRegime(BetaRegime.Undecided, 0, [Points(0.03), .. Family]);
        AssertRegime(BetaRegime.Undecided, 0, [Points(0), .. Family]);
    }

    [Fact]
    public void What_the_family_is_said_to_do_must_hold_beyond_its_error()
    {
        var figures = BetaPack.FiguresOf(Family);
        Assert.Equal(0.1, (double?)figures["first"]);
        Assert.Equal(8, (double?)figures["last"]);
        Assert.Equal(10, (double?)figures["klFirst"]);
        Assert.Equal(120, (double?)figures["reconstructionLast"]);
        Assert.Equal(0, (int?)figures["dead"]);
        Assert.Equal(["dead"], BetaPack.FiguresOf([.. Family[..3], Clouds(8, 0.05, 120, [5, 5])]).Select(each => each.Key));
        Assert.Equal(["dead"], BetaPack.FiguresOf([.. Family[..3], Clouds(8, 0.05, 100.1, [2, 2])]).Select(each => each.Key));
        Assert.Equal(2, (int?)BetaPack.FiguresOf([.. Family[..3], Clouds(8, 0.05, 120, [0, 0], klError: 0)])["dead"]);
        Assert.Null(BetaPack.FiguresOf([.. Family[..3], Clouds(8, 0.05, 120, [2, 0.01])])["dead"]);
    }

    private static void AssertRegime(string expected, int index, IReadOnlyList<BetaFigures> family) =>
        Assert.Equal(expected, BetaRegime.Of(family)[index].Name);

    private static BetaFigures Points(double far) =>
        new() { Beta = 0, Far = new(far, 0.01), Reconstruction = new(99, 0.1), Clouds = null };

    private static BetaFigures Clouds(
        double beta,
        double holes,
        double reconstruction,
        double[] kl,
        double holesError = 0.01,
        double klError = Nats,
        double sumError = 0.3) => new()
        {
            Beta = beta,
            Far = new(0, 0.01),
            Reconstruction = new(reconstruction, sumError),
            Clouds = new()
            {
                Holes = new(holes, holesError),
                Kl = new(kl.Sum(), 2 * klError),
                KlPerDimension = [.. kl.Select(value => new Measured(value, klError))],
                NegativeElbo = new(reconstruction + kl.Sum(), sumError),
            },
        };
}
