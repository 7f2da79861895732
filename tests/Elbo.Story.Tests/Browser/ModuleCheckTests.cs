namespace Elbo.Story.Tests;

/// <summary>The checks in <c>web/tests</c>, run in the page by the modules that it holds.</summary>
public class ModuleCheckTests(TestBrowser browser, StoryFile file)
{
    [Theory]
    [InlineData(1, 0.7)]
    [InlineData(0, 1)]
    public async Task The_gradient_written_by_hand_is_that_of_central_differences(double reconstruction, double kl)
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var error = await story.Compute(
            FormattableString.Invariant($"return checks.gradientError(1, {{ reconstruction: {reconstruction}, kl: {kl} }});"), "training");
        // Double precision, a distance of 1e-5 and losses of some hundred nats: about 1e-7.
        Assert.InRange(error.GetDouble(), double.Epsilon, 1e-6);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task Each_term_pulls_the_codes_its_own_way()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var results = await story.Compute(
            "return checks.pulls((await pack('digits')).tensors.get('white').data, 100);", "training");
        Assert.Equal(3, results.GetArrayLength());
        var (reconstruction, kl, both) = (results[0], results[1], results[2]);
        // Alone, the reconstruction spreads the codes far and makes their clouds small; the KL makes all of them the prior.
        Assert.InRange(kl.Number("spread"), 0, 0.05);
        Assert.Equal(1, kl.Number("sigma"), 0.01);
        Assert.InRange(kl.Number("kl"), 0, 0.01);
        Assert.InRange(both.Number("spread"), 1, reconstruction.Number("spread") - 0.5);
        Assert.InRange(both.Number("sigma"), reconstruction.Number("sigma") + 0.05, 0.7);
        Assert.InRange(both.Number("kl"), 2, reconstruction.Number("kl") / 2);
        Assert.InRange(both.Number("reconstruction"), 100, kl.Number("reconstruction") / 2);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task The_recording_is_the_training_of_the_page_at_some_of_its_steps()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var result = await story.Compute(
            "return checks.recordingErrors((await pack('digits')).tensors.get('white').data, await pack('recording'));", "training");
        Assert.Equal(18, result.Number("steps"));
        Assert.InRange(result.Number("last"), 1000, 3000);
        // Half of what a number is rounded to: 1/127, 1/32, and 255/15 levels with one of their own.
        Assert.InRange(result.Number("means"), 1e-4, 0.004);
        Assert.InRange(result.Number("deviations"), 1e-4, 0.0157);
        Assert.InRange(result.Number("levels"), 1, 9);
        Assert.InRange(result.Number("terms"), 0, 1e-4);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task The_bound_and_its_gap_are_log_p_for_every_ellipse()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var results = await story.Compute(
            """
            const [{ readLayers }, { createEncoder, createModel }, { createDigits }, { numbers }] = await Promise.all(
                ['network', 'model', 'digits', 'packs'].map(name => module(`engine/${name}.js`)));
            const plane = await pack('model-plane'), digits = createDigits(await pack('digits'));
            const encode = createEncoder(createModel(plane), await pack('encoder-plane'));
            const images = Array.from(numbers(await pack('grid'), 'grid.digits')).slice(0, 4).map(index => {
                const image = digits.binary(index);
                return { image, ...encode(image) };
            });
            return checks.evidenceErrors(readLayers(plane, 'decoder'), images, 1, 2000);
            """,
            "evidence");
        Assert.Equal(4, results.GetArrayLength());
        foreach (var result in results.EnumerateArray())
        {
            Assert.InRange(result.Number("identity"), 0, 1e-3);
            Assert.InRange(result.Number("smallestGap"), 0.01, 20);
            Assert.InRange(result.Number("standardError"), 1e-4, 0.05);
            Assert.InRange(result.Number("importance"), 0, 5 * result.Number("standardError"));
            Assert.InRange(result.Number("reconstruction"), 0, 0.02);
        }

        story.AssertNoErrors();
    }

    [Fact]
    public async Task The_KL_of_all_clouds_is_what_their_mixture_has()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var result = await story.Compute(
            "return checks.aggregateErrors((await module('engine/codes.js')).readCodes(await pack('codes-plane')));", "aggregate");
        var (kl, estimate, alone) = (result.Number("kl"), result.GetProperty("estimate"), result.GetProperty("alone"));
        Assert.InRange(estimate.Number("error"), 1e-4, 0.05);
        Assert.Equal(estimate.Number("value"), kl, 5 * estimate.Number("error"));
        Assert.InRange(kl, 0, alone.Number("smallest"));
        Assert.InRange(result.Number("first"), 0, 0.01);
        Assert.InRange(result.Number("undone"), 0, 1e-6);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task Planes_are_aligned_by_the_nearest_orthogonal_matrix()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var result = await story.Compute("return checks.alignmentErrors();", "alignment");
        Assert.InRange(result.Number("recovered"), 0, 1e-9);
        Assert.InRange(result.Number("better"), double.MinValue, 0);
        Assert.InRange(result.Number("orthogonal"), 0, 1e-9);
        var chain = await story.Compute("return checks.chainError();", "alignment");
        // In single precision, through three planes.
        Assert.InRange(chain.GetDouble(), 0, 1e-5);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task The_Gaussian_fitted_to_codes_has_their_covariance()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var result = await story.Compute(
            "return checks.fittedErrors((await module('engine/codes.js')).readCodes(await pack('codes-ten-ae')));", "draws");
        Assert.InRange(result.Number("product"), 0, 1e-6);
        // The largest of 100 entries, in standard errors.
        Assert.InRange(result.Number("drawn"), 0.1, 4.5);
        story.AssertNoErrors();
    }

    [Fact]
    public async Task The_classifier_reads_test_digits_and_draws_of_the_VAE_rather_than_the_others()
    {
        await using var story = await OpenedStory.Open(browser, file, "#scene=1");
        var result = await story.Compute(
            """
            const names = ['model-vae', 'model-ten-ae', 'model-ten-noise', 'model-classifier', 'codes-ten-ae', 'digits-grey'];
            return checks.shares(new Map(await Promise.all(names.map(async name => [name, await pack(name)]))), 500);
            """,
            "draws");
        double Share(string id) => result.GetProperty(id).Number("share");
        // A standard error is at most 1 / (2 sqrt(500)) = 0.022.
        Assert.InRange(Share("digits"), 0.85, 1);
        Assert.InRange(Share("vae"), 0.45, Share("digits") - 0.2);
        Assert.InRange(Share("autoencoder"), 0, Share("vae") - 0.3);
        Assert.InRange(Share("noise"), 0, Share("vae") - 0.3);
        Assert.InRange(Share("fitted"), Share("autoencoder") + 0.2, Share("digits") - 0.2);
        Assert.All(result.EnumerateObject(), source => Assert.InRange(source.Value.Number("error"), 0.001, 0.0225));
        story.AssertNoErrors();
    }
}
