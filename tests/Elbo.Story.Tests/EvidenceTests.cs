namespace Elbo.Story.Tests;

public class EvidenceTests
{
    private static readonly StoryModel Plane = BundledStory.Models["plane"];
    private static readonly int[] Chosen = [.. EvidencePack.BundledDigits];
    private static readonly Lazy<IReadOnlyList<Evidence>> Computed =
        new(() => Evidence.Of(Plane, [.. Chosen.Select(BundledStory.Digits.Binary)]));

    // The gap by quadrature, the KL in closed form and log p(x) by both grids come from three different sums.
    [Fact]
    public void The_bound_and_its_gap_make_log_p()
    {
        Assert.Equal(10, Computed.Value.Count);
        Assert.All(Computed.Value, found => Assert.Equal(found.LogEvidence, found.Bound + found.Gap, 0.01));
        Assert.All(Computed.Value, found => Assert.InRange(found.Gap, 0.1, 2));
    }

    [Fact]
    public void Log_p_is_what_importance_sampling_by_the_library_estimates()
    {
        using var model = LibraryModel.Quantized(Plane);
        foreach (var (index, found) in Computed.Value.Index())
        {
            byte[] pixels = [.. BundledStory.Digits.Binary(Chosen[index]).Select(value => (byte)(255 * value))];
            var report = LikelihoodEvaluation.Estimate(
                model, new ImageDataset(new(1, 28, 28), pixels), samples: 20_000, binarize: Binarization.None);
            var importance = report.ImportanceSampling;

            Assert.True(importance.MonteCarloStandardError < 0.02, $"Digit {Chosen[index]}: {importance}");
            Assert.Equal(-importance.Nats, found.LogEvidence, 0.05);
            Assert.Equal(-report.NegativeElbo.Nats, found.Bound, 5 * report.NegativeElbo.MonteCarloStandardError!.Value + 0.01);
        }
    }

    [Fact]
    public void The_pack_of_the_scene_holds_the_numbers()
    {
        var pack = BundledStory.Pack("grid");
        var logEvidence = pack["grid.logEvidence"].ToFloats();
        var fine = pack["grid.fine"].ToFloats();
        var scale = pack["grid.fine.scale"].ToFloats()[0];
        var maxima = pack["grid.max"].ToFloats();
        foreach (var (index, found) in Computed.Value.Index())
        {
            Assert.Equal(found.LogEvidence, logEvidence[index], 1e-3);
            var best = Array.IndexOf(found.LogLikelihoods, found.LogLikelihoods.Max());
            var cells = found.LogLikelihoods.Length;
            Assert.Equal(found.LogLikelihoods[best], maxima[index] + scale * fine[index * cells + best], 0.01);
        }

        Assert.Equal(Enumerable.Range(0, 10), Chosen.Select(digit => (int)BundledStory.Digits.Labels[digit]));
    }
}
