using TorchSharp;
using static TorchSharp.torch;

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
        var untouched = fixture.Services.Bundled.Load("kl-4").Decode(new LatentCodes(2, [0.5f, 0.5f]));
        using (var one = fixture.Services.Train("kl-4", fromTheStart: false))
        using (var other = fixture.Services.Train("kl-4", fromTheStart: false))
            Assert.Equal(one.Step(GradientTerms.Both, 3).After, other.Step(GradientTerms.Both, 3).After);
        var again = fixture.Services.Bundled.Load("kl-4").Decode(new LatentCodes(2, [0.5f, 0.5f]));
        Assert.Equal(untouched.Values.ToArray(), again.Values.ToArray());
    }

    [Fact]
    public void Steps_take_fresh_batches_and_an_epoch_takes_each_training_image_once()
    {
        using var training = fixture.Services.Train("kl-1");
        using var other = fixture.Services.Train("kl-1", seed: 1);
        int[] epoch = [.. Enumerable.Range(0, 300).SelectMany(step => training.RowsOf(step).ToArray())];
        Assert.Equal(Enumerable.Range(0, 60_000), epoch.Order());
        Assert.NotEqual(Enumerable.Range(0, 200), training.RowsOf(0).ToArray());
        Assert.NotEqual(epoch[..200], training.RowsOf(300).ToArray());
        Assert.NotEqual(epoch[..200], other.RowsOf(0).ToArray());
        Assert.Equal(epoch[200..400], training.RowsOf(1).ToArray());
    }

    [Fact]
    public void A_step_is_one_of_the_library_on_that_batch_and_the_codes_shown_are_those_of_the_first_images()
    {
        const ulong seed = 5;
        using var training = fixture.Services.Train("kl-1", fromTheStart: false, seed);
        training.Step(GradientTerms.Both, 2);

        using var model = fixture.Services.Bundled.Copy("kl-1");
        using var minimizer = new Minimizer(model, training.Model.Configuration.Objective);
        var images = fixture.Services.MnistImages;
        var reader = model.Reader(images.Train, Binarization.None);
        var order = reader.Shuffle(seed, epoch: 1);
        using (NewDisposeScope())
        {
            using var none = no_grad();
            for (var step = 0; step < 2; step++)
            {
                var batch = reader.Gather(order.AsSpan(200 * step, 200));
                minimizer.Step(batch, model.TrainingNoise(batch, samples: 1, seed, step), step, 2e-3);
            }
        }

        var codes = model.Encode(images.Train.Subset([.. Enumerable.Range(0, 200)]));
        Assert.Equal(200, training.Codes.Count);
        Assert.All(training.Codes.Index(), code =>
        {
            Assert.Equal(codes[code.Index][0], code.Item.X, 1e-4);
            Assert.Equal(codes[code.Index][1], code.Item.Y, 1e-4);
        });
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
