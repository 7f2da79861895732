using Elbo.Studio;
using TorchSharp;
using static Elbo.Scalars;

namespace Elbo.StudioModels;

/// <summary>What is kept of a model's terms on the test images, as the JSON that the studio or the story reads.</summary>
internal static class FiguresOf
{
    public static string Studio(ModelFamily family, LatentVariableModel model, SplitTerms terms, IReadOnlyList<int> activeDimensions) =>
        new ModelFigures
        {
            Family = family,
            Examples = terms.Examples,
            Reconstruction = terms.Reconstruction,
            Kl = terms.Kl,
            KlPerDimension = terms.KlPerDimension,
            ActiveDimensions = activeDimensions,
            StandardError = terms.StandardError,
            PriorOfLabels = model.Condition is LabelCondition labels ? PriorOf(model, labels) : null,
        }.ToJson();

    private static GaussianFigures[] PriorOf(LatentVariableModel model, LabelCondition labels)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var prior = ((GaussianPrior)model.Prior).At(torch.eye(labels.Count));
        var mean = prior.Mean.expand(labels.Count, model.LatentSize);
        var deviation = prior.LogVariance is { } logVariance ? (logVariance * Number(0.5)).exp() : torch.ones_like(mean);
        return [.. Enumerable.Range(0, labels.Count).Select(label => new GaussianFigures(Row(mean, label), Row(deviation, label)))];

        static double[] Row(torch.Tensor rows, int index) =>
            rows[index].to(torch.float64).contiguous().data<double>().ToArray();
    }
}
