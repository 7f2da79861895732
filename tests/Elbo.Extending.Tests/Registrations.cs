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
        // begin condition
        Conditions.Register("parity", () => new ParityCondition());
        // end
        // begin objective
        Objectives.Register("best-draw", new BestDrawBound());
        // end
    }
}
