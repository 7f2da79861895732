namespace Extending;

/// <summary>Registers the examples of docs/extending.md, once, before the first model that names one.</summary>
internal static class Registrations
{
    public static void Register()
    {
        // begin likelihood
        Likelihoods.Register("laplacian", context => new LaplacianLikelihood(context.Sigma));
        // end
        // begin prior
        Priors.Register(
            "mean-shared-variance", context => new SharedVariancePrior(context.Features, context.Options.LatentSize, context.Noise));
        // end
        // begin posterior
        Posteriors.Register(
            "shared-variance", 1, context => new SharedVarianceEncoder(context.RequireNetwork(), context.LatentSize));
        // end
        // begin network
        Networks.Register("residual", new(
            (layout, outputs, options, noise) =>
                new ResidualPerceptron(layout.Shape.Size + layout.EncoderFeatures, outputs, options, noise),
            (layout, latentSize, options, noise) =>
                new ResidualPerceptron(latentSize + layout.DecoderFeatures, layout.OutputSize, options, noise)));
        // end
        // begin condition
        Conditions.Register("parity", () => new ParityCondition());
        // end
        // begin objective
        Objectives.Register("best-draw", new BestDrawBound());
        // end
        // begin model
        GenerativeModels.Register(context => new TwoLayers(context.Shape, context.Seed));
        // end
    }
}
