namespace Elbo.Cli.Tests;

public class PosteriorCollapseMonitorTests
{
    [Fact]
    public void Inactive_dimensions_are_reported_when_they_change()
    {
        var monitor = new PosteriorCollapseMonitor();

        Assert.Null(monitor.Update(Terms(10)));
        Assert.Equal("  1 of 10 latent dimensions is inactive: 7.", monitor.Update(Terms(10, 7)));
        Assert.Null(monitor.Update(Terms(10, 7)));
        Assert.Equal("  5 of 10 latent dimensions are inactive: 1, 2, 4-6.", monitor.Update(Terms(10, 1, 2, 4, 5, 6)));
        Assert.Equal(
            "  Posterior collapse: 7 of 10 latent dimensions, more than half, are inactive (1-6, 9).",
            monitor.Update(Terms(10, 1, 2, 3, 4, 5, 6, 9)));
        Assert.Equal("  All 10 latent dimensions are active again.", monitor.Update(Terms(10)));
        Assert.Null(monitor.Update(Terms(10)));
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
