using TorchSharp;

namespace Elbo.Studio.Tests;

public class PlaneTrainingTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    [Fact]
    public void Training_the_reconstruction_term_alone_lowers_it_and_raises_the_KL()
    {
        using var training = fixture.Services.Train("kl-1");
        var moved = training.Step(GradientTerms.Reconstruction, 60);
        Assert.True(moved.TermsAfter.Reconstruction < moved.TermsBefore.Reconstruction - 50);
        Assert.True(moved.TermsAfter.Kl > moved.TermsBefore.Kl);
        Assert.Equal(60, moved.Steps);
    }

    [Fact]
    public void Training_the_KL_term_alone_moves_the_codes_to_the_centre()
    {
        using var training = fixture.Services.Train("kl-1", fromTheStart: false);
        var moved = training.Step(GradientTerms.Kl, 40);
        Assert.True(moved.TermsAfter.Kl < moved.TermsBefore.Kl / 4, $"The KL went from {moved.TermsBefore.Kl} to {moved.TermsAfter.Kl}.");
        Assert.True(moved.TermsAfter.Reconstruction > moved.TermsBefore.Reconstruction);
        Assert.True(Spread(moved.After) < Spread(moved.Before) / 2);
    }

    [Fact]
    public void A_step_moves_the_codes_and_starts_at_those_of_the_previous_step()
    {
        using var training = fixture.Services.Train("kl-1", fromTheStart: false);
        var start = training.Codes;
        var first = training.Step(GradientTerms.Both);
        var second = training.Step(GradientTerms.Kl);
        Assert.Equal(start, first.Before);
        Assert.Equal(first.After, second.Before);
        Assert.NotEqual(first.Before, first.After);
        Assert.Equal(200, first.After.Count);
    }

    [Fact]
    public void Steps_on_the_KL_term_do_not_change_the_decoder_even_after_other_steps()
    {
        using var training = fixture.Services.Train("kl-1", fromTheStart: false);
        training.Step(GradientTerms.Reconstruction, 3);
        var before = training.Decode(0.3, -0.8);
        training.Step(GradientTerms.Kl, 3);
        Assert.Equal(before.Values.ToArray(), training.Decode(0.3, -0.8).Values.ToArray());
        training.Step(GradientTerms.Both);
        Assert.NotEqual(before.Values.ToArray(), training.Decode(0.3, -0.8).Values.ToArray());
    }

    [Fact]
    public void The_same_steps_give_the_same_codes_and_do_not_change_the_bundled_model()
    {
        var untouched = fixture.Services.Worlds.Decode("kl-4", 0.5, 0.5);
        using (var one = fixture.Services.Train("kl-4", fromTheStart: false))
        using (var other = fixture.Services.Train("kl-4", fromTheStart: false))
            Assert.Equal(one.Step(GradientTerms.Both, 3).After, other.Step(GradientTerms.Both, 3).After);
        Assert.Equal(untouched.Values.ToArray(), fixture.Services.Worlds.Decode("kl-4", 0.5, 0.5).Values.ToArray());
    }

    [Fact]
    public void A_disposed_training_leaks_no_tensors()
    {
        // Tensors that are created once at the first use are kept.
        Train();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Train();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void Train()
        {
            using var training = fixture.Services.Train("kl-1");
            training.Step(GradientTerms.Both, 2);
            training.Step(GradientTerms.Kl, 2);
        }
    }

    [Fact]
    public void An_autoencoder_has_no_KL_term_to_train()
    {
        using var training = fixture.Services.Train("reconstruction-only");
        Assert.Null(training.Terms.Kl);
        Assert.Throws<SettingsException>(() => training.Step(GradientTerms.Kl));
        var after = training.Step(GradientTerms.Both, 10).TermsAfter.Reconstruction;
        Assert.True(after < training.Step(GradientTerms.Both).TermsBefore.Reconstruction + 1);
        Assert.Throws<SettingsException>(() => training.Step(GradientTerms.Both, 100_000));
    }

    private static double Spread(IReadOnlyList<PlaneCode> codes) => codes.Average(code => code.X * code.X + code.Y * code.Y);
}
