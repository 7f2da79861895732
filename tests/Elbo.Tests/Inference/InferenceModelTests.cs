using Elbo.Inference;
using Elbo.Onnx;

namespace Elbo.Tests;

/// <summary>A model without libtorch gives what the library gives: for every part that the family offers.</summary>
public sealed class InferenceModelTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => OnnxExportTests.Names;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_model_gives_what_the_library_gives(string name)
    {
        var model = ModelVariants.Create(name).Model;
        using var _1 = model;
        var loaded = InferenceModel.Load(OnnxExport.Write(model, _folder["onnx"]).Folder);
        using var expected = new ExpectedResults(model, ModelVariants.Conditions(model.Shape));
        var (inputs, count) = (expected.Inputs, expected.Count);

        Assert.Equal(model.LatentSize, loaded.Description.LatentSize);
        var values = new float[count * model.Shape.Size];
        loaded.Decode(inputs.ToModelInputs(), values);
        AssertClose(expected.Decoded, values);
        loaded.Sample(inputs.ToModelInputs(), values);
        AssertClose(expected.Sampled, values);
        if (model.LatentSize > 0)
        {
            var (mean, logVariance) = Moments();
            loaded.Prior(inputs.ToModelInputs(), mean, logVariance);
            AssertClose(expected.Prior, mean, logVariance);
        }

        if (model.InfersCode)
        {
            var (mean, logVariance) = Moments();
            loaded.Encode(inputs.ToModelInputs(), mean, expected.Posterior.LogVariance is null ? [] : logVariance);
            AssertClose(expected.Posterior, mean, logVariance);
        }

        var (reconstruction, kl) = (new float[count], new float[count]);
        loaded.Score(inputs.ToModelInputs(), reconstruction, loaded.HasKl ? kl : []);
        AssertClose(expected.Reconstruction, reconstruction);
        Assert.Equal(model.HasKullbackLeibler, loaded.HasKl);
        if (loaded.HasKl)
            AssertClose(expected.Kl, kl);

        // Alone an example has the same results, bit for bit, as in a batch.
        var (value, term, divergence) = (new float[model.Shape.Size], new float[1], new float[loaded.HasKl ? 1 : 0]);
        for (var i = 0; i < count; i++)
        {
            loaded.Sample(inputs.ToModelInputs(i, 1), value);
            Assert.Equal(values[(i * value.Length)..((i + 1) * value.Length)], value);
            loaded.Score(inputs.ToModelInputs(i, 1), term, divergence);
            Assert.Equal((reconstruction[i], loaded.HasKl ? kl[i] : 0), (term[0], loaded.HasKl ? divergence[0] : 0));
        }

        (float[] Mean, float[] LogVariance) Moments() => (new float[count * model.LatentSize], new float[count * model.LatentSize]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_is_named_in_a_graph_so_that_a_later_checkpoint_takes_its_place(string name)
    {
        var model = ModelVariants.Create(name).Model;
        using var _ = model;
        var named = ModelGraphs.Of(model, floatImages: false).Graphs
            .SelectMany(graph => graph.Constants.Where(constant => constant.IsWeight).Select(constant => constant.Value.Name)).ToHashSet();
        Assert.DoesNotContain(model.named_parameters(), each => !named.Contains(each.name));
    }

    private static void AssertClose((float[] Mean, float[]? LogVariance) expected, float[] mean, float[] logVariance)
    {
        AssertClose(expected.Mean, mean);
        if (expected.LogVariance is { } given)
            AssertClose(given, logVariance);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs((double)actual[i] - expected[i]) / Math.Max(1, Math.Abs((double)expected[i]));
            Assert.True(difference <= Tolerance, $"The number {i} is {actual[i]} instead of {expected[i]}.");
        }
    }
}
