using System.Text.Json;

namespace Elbo.Story.Tests;

public class FiguresTests
{
    private static readonly Dictionary<string, double> Figures =
        JsonSerializer.Deserialize<Dictionary<string, double>>(BundledStory.Pack("figures").Metadata["figures"])!;

    // What the sixth scene says; three standard errors of a difference of two shares are at most 0.05.
    [Fact]
    public void More_draws_of_the_VAE_are_read_with_confidence_than_of_the_autoencoder()
    {
        var list = string.Join(", ", Figures);
        TestContext.Current.TestOutputHelper?.WriteLine(list);
        Assert.True(Figures["scene6Vae"] > Figures["scene6Fitted"] + 0.05, list);
        Assert.True(Figures["scene6Fitted"] > Figures["scene6Autoencoder"] + 0.05, list);
        Assert.True(Figures["scene6Vae"] > Figures["scene6Noise"] + 0.05, list);
        Assert.True(Figures["scene6Digits"] > Figures["scene6Vae"] + 0.05, list);
    }

    [Fact]
    public void Clouds_piled_up_are_nearer_to_the_prior_than_each_alone()
    {
        // The mean KL is the library's, over the same thousand digits with their pixels drawn instead of halved.
        Assert.Equal(BundledStory.Models["plane"].Figures!.Kl!.Value, Figures["scene7Alone"], 0.5);
        Assert.InRange(Figures["scene7Pile"], 0, Figures["scene7Alone"] / 2);
    }

    [Fact]
    public void A_fitted_Gaussian_has_the_moments_of_the_codes()
    {
        double[] codes = [1, 2, 3, 7, -1, 0.5, 4, 4];
        var fitted = new FittedGaussian(codes, 2);
        Assert.Equal([1.75, 3.375], fitted.At([0, 0]));
        var (first, second) = (fitted.At([1, 0]), fitted.At([0, 1]));
        var (a, b, c) = (first[0] - 1.75, first[1] - 3.375, second[1] - 3.375);
        Assert.Equal(3.6875, a * a, 1e-9);
        Assert.Equal(3.71875, a * b, 1e-9);
        Assert.Equal(5.921875, b * b + c * c, 1e-9);
    }
}
