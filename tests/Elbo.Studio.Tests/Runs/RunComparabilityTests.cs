namespace Elbo.Studio.Tests;

public sealed class RunComparabilityTests : IDisposable
{
    private readonly RunFolders _folders = new();

    public RunComparabilityTests() => _folders.Add("run", configuration: settings => With(settings, "bernoulli"));

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void Runs_of_one_likelihood_and_data_are_compared_without_a_warning()
    {
        _folders.Add("other", configuration: settings => With(settings, "bernoulli") with { Objective = new() { KlWeight = 4 } });

        Assert.Null(Warning());
    }

    [Fact]
    public void Another_likelihood_is_named()
    {
        _folders.Add("other", configuration: settings => With(settings, "gaussian"));

        Assert.Equal(
            "The −ELBO of these runs does not compare, because they have different likelihoods (bernoulli, gaussian).", Warning());
    }

    [Fact]
    public void Binarised_pixels_are_not_grey_ones()
    {
        _folders.Add(
            "other",
            configuration: settings => With(settings, "bernoulli") with { Data = settings.Data with { Binarize = Binarization.Static } });

        Assert.Contains("different binarisation of the pixels (none, static).", Warning(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_of_the_same_name_and_another_number_of_values_are_seen()
    {
        _folders.Add(
            "other",
            record: record => record with { Dataset = record.Dataset with { TrainSha256 = new string('1', 64) } },
            configuration: settings => With(settings, "bernoulli"));
        Assert.Contains("they have different data.", Warning(), StringComparison.Ordinal);

        _folders.Add("third", configuration: settings => With(settings, "gaussian") with
        {
            Model = settings.Model with { Shape = new ImageShape(1, 3, 3), Likelihood = "gaussian" },
        });
        Assert.Contains(
            "different numbers of values per example (4, 9) and different likelihoods (bernoulli, gaussian).",
            Warning("third"),
            StringComparison.Ordinal);
    }

    private static RunConfiguration With(RunConfiguration settings, string likelihood) =>
        settings with { Model = settings.Model with { Likelihood = likelihood } };

    private string? Warning(string other = "other") => RunComparability.Warning(
        [RunOverview.Read(_folders["run"]), RunOverview.Read(_folders[other])], Strings.For("en"));
}
