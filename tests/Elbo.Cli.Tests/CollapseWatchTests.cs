namespace Elbo.Cli.Tests;

public class CollapseWatchTests
{
    [Fact]
    public void Dimensions_that_carry_nothing_are_named_when_that_changes()
    {
        var watch = new CollapseWatch();

        Assert.Null(watch.See(Terms(10)));
        Assert.Equal("  1 of 10 latent dimensions carries nothing: 7.", watch.See(Terms(10, 7)));
        Assert.Null(watch.See(Terms(10, 7)));
        Assert.Equal("  5 of 10 latent dimensions carry nothing: 1, 2, 4-6.", watch.See(Terms(10, 1, 2, 4, 5, 6)));
        Assert.Equal(
            "  Collapsed: 7 of 10 latent dimensions, more than half of them, carry nothing (1-6, 9).", watch.See(Terms(10, 1, 2, 3, 4, 5, 6, 9)));
        Assert.Equal("  Every one of the 10 latent dimensions carries something again.", watch.See(Terms(10)));
        Assert.Null(watch.See(Terms(10)));
    }

    private static SplitTerms Terms(int dimensions, params int[] inactive) => new()
    {
        Examples = 1,
        Reconstruction = 1,
        KlTerms = [],
        ActiveUnits = dimensions - inactive.Length,
        InactiveDimensions = inactive,
        StandardError = 0,
    };
}
