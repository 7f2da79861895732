using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkplace.Name)]
public class EstimateTests(Workplace workplace)
{
    [Theory]
    [InlineData("cvae")]
    [InlineData("vae")]
    public void Three_estimates_are_told_apart_by_name_and_each_has_its_number_of_draws_and_two_errors(string name)
    {
        var run = workplace.CopyOf(name);
        string[] arguments = ["evaluate", run, "--importance-samples", "40", "--no-label-report"];
        var figures = JsonDocument.Parse(workplace.Run([.. arguments, "--json"]).AssertDone().Output).RootElement;

        Assert.Equal(40, figures.GetProperty("importanceSamples").GetInt32());
        foreach (var estimate in new[] { "negativeElbo", "priorMonteCarloNll", "importanceSampledNll" })
        {
            Assert.True(Number(estimate) > 0);
            Assert.True(Number(estimate + "StandardError") > 0);
            Assert.True(Number(estimate + "MonteCarloStandardError") > 0);
        }

        Assert.InRange(Number("importanceSampledNllEffectiveSamples"), 1, 40);
        Assert.True(Number("importanceSampledNllMicroseconds") > 0);
        Assert.True(Number("importanceSampledNll") <= Number("negativeElbo") + 3 * Number("negativeElboMonteCarloStandardError"));
        Assert.Equal(Number("negativeElbo"), Number("reconstruction") + Number("kl"), 1e-9);
        Assert.Equal(Number("kl"), figures.GetProperty("klPerDimension").EnumerateArray().Sum(kl => kl.GetDouble()), 1e-3);

        var text = workplace.Run(arguments).AssertDone().Output;
        Assert.All(
            ["the bound (-ELBO)", "prior Monte Carlo", "importance sampling", name == "vae" ? "-log p(x) by" : "-log p(x|c) by", "s.e. draws"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));

        double Number(string property) => figures.GetProperty(property).GetDouble();
    }

    [Fact]
    public void Too_few_effective_draws_are_warned_of()
    {
        var result = workplace.Run("evaluate", "vae", "--split", "validation", "--importance-samples", "5").AssertDone();
        Assert.Contains("Warning: the median effective sample size of importance sampling is", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_autoencoder_has_nothing_to_sample_by_importance()
    {
        var run = workplace.New();
        workplace.Run(["train", "ae", .. Workplace.Small, "--epochs", "1", "--out", run]).AssertDone();
        workplace.Run("evaluate", run, "--importance-samples", "5").AssertFails(2, "no density");
        Assert.Contains("effective beta  0", workplace.Run("evaluate", run).AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_tells_the_effective_beta_and_how_far_the_codes_are_from_the_prior()
    {
        var run = workplace.New();
        workplace.Run(
        [
            "train", "cvae", .. Workplace.Small, "--epochs", "1", "--likelihood", "gaussian", "--sigma", "2", "--kl-weight", "3",
            "--reconstruction-weight", "2", "--out", run,
        ]).AssertDone();
        string[] arguments = ["evaluate", run, "--split", "validation"];
        var figures = JsonDocument.Parse(workplace.Run([.. arguments, "--json"]).AssertDone().Output).RootElement;

        Assert.Equal(1.5, figures.GetProperty("effectiveBeta").GetDouble(), 1e-12);
        Assert.Equal(6, figures.GetProperty("effectiveBetaAtUnitSigma").GetDouble(), 1e-12);
        Assert.Equal(12, figures.GetProperty("effectiveBetaBesideSquaredError").GetDouble(), 1e-12);
        Assert.True(figures.GetProperty("aggregatePosteriorMismatch").GetDouble() > 0);
        Assert.Equal(3, figures.GetProperty("aggregatePosteriorMean").GetArrayLength());
        Assert.Equal(3, figures.GetProperty("aggregatePosteriorVariance").GetArrayLength());
        var parts = new[] { "indexCodeMutualInformation", "totalCorrelation", "dimensionWiseKl" };
        Assert.Equal(
            figures.GetProperty("kl").GetDouble(),
            parts.Sum(part => figures.GetProperty(part).GetDouble()),
            4 * parts.Sum(part => figures.GetProperty(part + "StandardError").GetDouble()));
        Assert.Equal(40, figures.GetProperty("klDecompositionDraws").GetInt32());
        Assert.Equal(Workplace.Labels, figures.GetProperty("aggregatePosteriorMismatchByCondition").GetArrayLength());

        var text = workplace.Run(arguments).AssertDone().Output;
        Assert.Contains("1.5 on the KL beside the reconstruction in nats (6 at sigma = 1; 12 beside", text, StringComparison.Ordinal);
        Assert.Contains("aggregate-posterior mismatch", text, StringComparison.Ordinal);
    }
}
