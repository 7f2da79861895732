using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// Registers the examples of docs/extending.md for the whole of these tests, so that what is tested of every entry of a registry is tested
/// of them. In the library the lines between the marks are the ones that a contributor adds; from outside it takes the rest of this file.
/// </summary>
internal static class Registrations
{
    private static readonly Registry<Func<LikelihoodContext, Likelihood>> NewLikelihoods = new("likelihood")
    {
        // begin likelihood
        ["laplacian"] = context => new LaplacianLikelihood(context.Sigma),
        // end
    };

    private static readonly Registry<Func<ModelOptions, int, WeightNoise, Prior>> NewPriors = new("prior")
    {
        // begin prior
        ["mean-shared-variance"] = (options, features, noise) => new SharedVariancePrior(features, options.LatentSize, noise),
        // end
    };

    private static readonly Registry<Objective> NewObjectives = new("objective")
    {
        // begin objective
        ["best-draw"] = new BestDrawBound(),
        // end
        ["dip"] = new DisentangledInferredPrior(),
    };

    [ModuleInitializer]
    internal static void Register()
    {
        Add(typeof(Likelihoods), NewLikelihoods);
        Add(typeof(Priors), NewPriors);
        Add(typeof(Objectives), NewObjectives);
        // begin condition
        Conditions.Register("parity", () => new ParityCondition());
        // end
    }

    private static void Add<T>(Type owner, Registry<T> entries)
    {
        var registry = (Registry<T>)owner.GetField("Registry", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        foreach (var (name, entry) in entries)
            registry[name] = entry;
    }
}
