namespace Samples;

/// <summary>What a model is worth, in nats: the bound, which latent dimensions it uses, and log p(x) by importance sampling.</summary>
internal static class Evaluation
{
    public static (SplitTerms Terms, KlDecomposition Kl, LikelihoodReport Likelihood) Execute(
        int pictures = 20_000, int epochs = 10, int images = 1000, int samples = 500)
    {
        var mnist = Mnist.Load();
        var (train, test) = (mnist.Train.Subset([.. Enumerable.Range(0, pictures)]), mnist.Test.Subset([.. Enumerable.Range(0, images)]));

        // begin
        using var model = Vae.Create(train, o => o with { LatentSize = 10 });
        new Trainer(model, new() { Epochs = epochs, Binarize = Binarization.Dynamic }).Fit(train);

        var terms = SplitEvaluation.Evaluate(model, test);
        Console.WriteLine($"-ELBO {terms.NegativeElbo:0.00} = reconstruction {terms.Reconstruction:0.00} + KL {terms.Kl:0.00} nats");
        Console.WriteLine($"KL per dimension: {string.Join(" ", terms.KlPerDimension!.Select(nats => $"{nats:0.00}"))}");

        var kl = KlDecomposition.Of(model, test);
        Console.WriteLine($"KL = mutual information {kl.MutualInformation.Nats:0.00} + total correlation {kl.TotalCorrelation.Nats:0.00} "
            + $"+ dimension-wise {kl.DimensionWise.Nats:0.00}");

        var likelihood = LikelihoodEvaluation.Estimate(model, test, samples);
        var estimate = likelihood.ImportanceSampling;
        Console.WriteLine($"-log p(x) {estimate.Nats:0.00} ± {estimate.StandardError:0.00}, by {samples} draws each");
        // end

        return (terms, kl, likelihood);
    }
}
