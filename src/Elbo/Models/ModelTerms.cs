using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Which terms a model has.</summary>
/// <param name="Kl">Its KL terms: the group, whether it has a part for each dimension, whether it is a Monte Carlo estimate.</param>
/// <param name="HasDensity">Whether every draw of z has a density under its posterior.</param>
internal sealed record ModelTerms(IReadOnlyList<(string Group, bool HasParts, bool IsMonteCarlo)> Kl, bool HasDensity)
{
    /// <summary>Determines them by a pass over one blank image.</summary>
    public static ModelTerms Of(GenerativeModel model)
    {
        using var scope = NewDisposeScope();
        var terms = Probe(model);
        return new ModelTerms(
            [.. terms.KlTerms.Select(term => (term.Name, term.HasParts, term.IsMonteCarlo))],
            terms.Latents.Count > 0 && terms.Latents.All(latent => latent.Posterior.HasDensity));
    }

    /// <summary>
    /// The terms of one blank image, with noise of one half, for checking objectives. The tensors belong to the caller's dispose scope.
    /// </summary>
    public static BoundTerms Probe(GenerativeModel model)
    {
        // In evaluation mode: a module that normalises over the batch cannot train on one image.
        using var inference = model.BeginInference();
        using var noGradient = no_grad();
        var parameter = model.parameters().FirstOrDefault();
        var (type, device) = (parameter?.dtype ?? float32, parameter?.device ?? CPU);
        var features = model.Condition is { } condition ? zeros(1, condition.FeatureCount, type, device) : null;
        var noise = new Noise([.. model.LatentGroups.Select(group => full(1, group.Size, Number(0.5), type, device))]);
        var terms = model.Terms(zeros(1, model.Shape.Size, type, device), features, null, noise);
        // Computed while the model is in that mode.
        _ = terms.PriorReconstruction;
        return terms;
    }
}
