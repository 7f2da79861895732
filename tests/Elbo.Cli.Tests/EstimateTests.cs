using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class EstimateTests(WorkspaceInProcess workspace)
{
    [Theory]
    [InlineData("cvae")]
    [InlineData("vae")]
    public void Each_of_three_estimates_is_reported_with_its_number_of_draws_and_two_standard_errors(string name)
    {
        var run = workspace.CopyOf(name);
        string[] arguments = ["evaluate", run, "--importance-samples", "40", "--no-label-report"];
        var metrics = JsonDocument.Parse(workspace.Run([.. arguments, "--json"]).AssertDone().Output).RootElement;

        Assert.Equal(40, metrics.GetProperty("importanceSamples").GetInt32());
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
        Assert.Equal(Number("kl"), metrics.GetProperty("klPerDimension").EnumerateArray().Sum(kl => kl.GetDouble()), 1e-3);

        var text = workspace.Run(arguments).AssertDone().Output;
        Assert.All(
            [
                "the bound (-ELBO)", "prior Monte Carlo", "importance sampling", name == "vae" ? "-log p(x) by" : "-log p(x|c) by",
                "s.e. draws",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal));

        double Number(string property) => metrics.GetProperty(property).GetDouble();
    }

    [Fact]
    public void A_low_effective_sample_size_causes_a_warning()
    {
        var result = workspace.Run("evaluate", "vae", "--split", "validation", "--importance-samples", "5").AssertDone();
        Assert.Contains("Warning: the median effective sample size of importance sampling is", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Importance_sampling_is_rejected_for_an_autoencoder()
    {
        var run = workspace.New();
        workspace.Run(["train", "ae", .. TestWorkspace.Small, "--epochs", "1", "--out", run]).AssertDone();
        workspace.Run("evaluate", run, "--importance-samples", "5").AssertFails(2, "no density", "omit --importance-samples");
        Assert.Contains("effective beta  0", workspace.Run("evaluate", run).AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_reports_the_effective_beta_and_the_mismatch_of_aggregate_posterior_and_prior()
    {
        var run = workspace.New();
        workspace.Run(
        [
            "train", "cvae", .. TestWorkspace.Small, "--epochs", "1", "--likelihood", "gaussian", "--sigma", "2", "--kl-weight", "3",
            "--reconstruction-weight", "2", "--out", run,
        ]).AssertDone();
        string[] arguments = ["evaluate", run, "--split", "validation"];
        var metrics = JsonDocument.Parse(workspace.Run([.. arguments, "--json"]).AssertDone().Output).RootElement;

        Assert.Equal(1.5, metrics.GetProperty("effectiveBeta").GetDouble(), 1e-12);
        Assert.Equal(6, metrics.GetProperty("effectiveBetaAtUnitSigma").GetDouble(), 1e-12);
        Assert.Equal(12, metrics.GetProperty("effectiveBetaBesideSquaredError").GetDouble(), 1e-12);
        Assert.True(metrics.GetProperty("aggregatePosteriorMismatch").GetDouble() > 0);
        Assert.Equal(3, metrics.GetProperty("aggregatePosteriorMean").GetArrayLength());
        Assert.Equal(3, metrics.GetProperty("aggregatePosteriorVariance").GetArrayLength());
        var parts = new[] { "indexCodeMutualInformation", "totalCorrelation", "dimensionWiseKl" };
        Assert.Equal(
            metrics.GetProperty("kl").GetDouble(),
            parts.Sum(part => metrics.GetProperty(part).GetDouble()),
            4 * parts.Sum(part => metrics.GetProperty(part + "StandardError").GetDouble()));
        Assert.Equal(40, metrics.GetProperty("klDecompositionDraws").GetInt32());
        Assert.Equal(TestWorkspace.Labels, metrics.GetProperty("aggregatePosteriorMismatchByCondition").GetArrayLength());

        var text = workspace.Run(arguments).AssertDone().Output;
        Assert.Contains("1.5 on the KL relative to the reconstruction in nats (6 at sigma = 1; 12 re", text, StringComparison.Ordinal);
        Assert.Contains("aggregate-posterior mismatch", text, StringComparison.Ordinal);
    }
}
