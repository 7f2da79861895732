using TorchSharp;

namespace Elbo.Studio.Tests;

public class PlaneTrainingTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    [Fact]
    public void The_reconstruction_alone_brings_its_own_term_down_and_pays_with_the_KL()
    {
        using var training = fixture.Services.Train("kl-1");
        var moved = training.Step(TermsFollowed.Reconstruction, 60);
        Assert.True(moved.TermsAfter.Reconstruction < moved.TermsBefore.Reconstruction - 50);
        Assert.True(moved.TermsAfter.Kl > moved.TermsBefore.Kl);
        Assert.Equal(60, moved.Steps);
    }

    [Fact]
    public void The_KL_alone_draws_every_code_to_the_centre()
    {
        using var training = fixture.Services.Train("kl-1", fromTheStart: false);
        var moved = training.Step(TermsFollowed.Kl, 40);
        Assert.True(moved.TermsAfter.Kl < moved.TermsBefore.Kl / 4, $"The KL went from {moved.TermsBefore.Kl} to {moved.TermsAfter.Kl}.");
        Assert.True(moved.TermsAfter.Reconstruction > moved.TermsBefore.Reconstruction);
        Assert.True(Spread(moved.After) < Spread(moved.Before) / 2);
    }

    [Fact]
    public void One_step_moves_codes_and_the_codes_before_are_those_of_the_step_before()
    {
        using var training = fixture.Services.Train("kl-1", fromTheStart: false);
        var start = training.Codes;
        var first = training.Step(TermsFollowed.Both);
        var second = training.Step(TermsFollowed.Kl);
        Assert.Equal(start, first.Before);
        Assert.Equal(first.After, second.Before);
        Assert.NotEqual(first.Before, first.After);
        Assert.Equal(200, first.After.Count);
    }

    [Fact]
    public void Steps_of_the_KL_leave_what_the_decoder_draws_as_it_is_even_after_others()
    {
        using var training = fixture.Services.Train("kl-1", fromTheStart: false);
        training.Step(TermsFollowed.Reconstruction, 3);
        var before = training.Decode(0.3, -0.8);
        training.Step(TermsFollowed.Kl, 3);
        Assert.Equal(before.Values.ToArray(), training.Decode(0.3, -0.8).Values.ToArray());
        training.Step(TermsFollowed.Both);
        Assert.NotEqual(before.Values.ToArray(), training.Decode(0.3, -0.8).Values.ToArray());
    }

    [Fact]
    public void The_same_steps_give_the_same_codes_and_do_not_change_the_bundled_model()
    {
        var untouched = fixture.Services.Worlds.Decode("kl-4", 0.5, 0.5);
        using (var one = fixture.Services.Train("kl-4", fromTheStart: false))
        using (var other = fixture.Services.Train("kl-4", fromTheStart: false))
            Assert.Equal(one.Step(TermsFollowed.Both, 3).After, other.Step(TermsFollowed.Both, 3).After);
        Assert.Equal(untouched.Values.ToArray(), fixture.Services.Worlds.Decode("kl-4", 0.5, 0.5).Values.ToArray());
    }

    [Fact]
    public void A_training_that_has_ended_leaves_no_tensor_behind()
    {
        // What is compiled at first use stays for good.
        Train();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Train();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void Train()
        {
            using var training = fixture.Services.Train("kl-1");
            training.Step(TermsFollowed.Both, 2);
            training.Step(TermsFollowed.Kl, 2);
        }
    }

    [Fact]
    public void An_autoencoder_has_no_KL_to_follow()
    {
        using var training = fixture.Services.Train("reconstruction-only");
        Assert.Null(training.Terms.Kl);
        Assert.Throws<ConfigurationException>(() => training.Step(TermsFollowed.Kl));
        Assert.True(training.Step(TermsFollowed.Both, 10).TermsAfter.Reconstruction < training.Step(TermsFollowed.Both).TermsBefore.Reconstruction + 1);
        Assert.Throws<ConfigurationException>(() => training.Step(TermsFollowed.Both, 100_000));
    }

    private static double Spread(IReadOnlyList<PlaneCode> codes) => codes.Average(code => code.X * code.X + code.Y * code.Y);
}
