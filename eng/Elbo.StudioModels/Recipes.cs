using System.Globalization;
using Elbo.Studio;

namespace Elbo.StudioModels;

/// <summary>The recipes of all models that ship with the studio.</summary>
internal static class Recipes
{
    private const int PlaneEpochs = 20;

    private static readonly ImageShape Shape = new(1, 28, 28);
    private static readonly NetworkOptions PlaneNetwork = new() { Hidden = [128, 128, 128] };
    private static readonly double[] KlWeights = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32];
    private static readonly string[] VisibleRegions = ["quadrants-1", "left-half", "top-half", "bottom-half", "quadrants-3"];

    public static IReadOnlyList<Recipe> All { get; } = [.. Weights(), .. LabelPriors(), Digits(), Sliders(), .. Completions()];

    private static IEnumerable<Recipe> Weights()
    {
        var plane = new ModelOptions { Shape = Shape, LatentSize = 2, Network = PlaneNetwork };
        yield return new Recipe(
            "reconstruction-only",
            ModelFamily.Weights,
            plane with { Posterior = "point" },
            new ObjectiveOptions { Kind = "reconstruction" },
            PlaneEpochs);
        foreach (var weight in KlWeights)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"kl-{weight}");
            yield return new Recipe(id, ModelFamily.Weights, plane, new ObjectiveOptions { KlWeight = weight }, PlaneEpochs);
        }

        yield return new Recipe("kl-only", ModelFamily.Weights, plane, new ObjectiveOptions { ReconstructionWeight = 0 }, PlaneEpochs);
    }

    private static IEnumerable<Recipe> LabelPriors() =>
        from prior in (string[])["standard", "mean", "mean-variance"]
        from decoderSeesLabel in (bool[])[true, false]
        select new Recipe(
            $"label-{prior}{(decoderSeesLabel ? "" : "-hidden")}",
            ModelFamily.LabelPriors,
            new ModelOptions
            {
                Shape = Shape,
                LatentSize = 2,
                Network = PlaneNetwork,
                Condition = Condition.Label(10),
                Prior = prior,
                ConditionDecoder = decoderSeesLabel,
            },
            new ObjectiveOptions(),
            PlaneEpochs);

    // Network and latent size of the preset cvae, whose samples are classified as the requested digit (docs/results.md).
    private static Recipe Digits() => new(
        "digits",
        ModelFamily.Digits,
        new ModelOptions
        {
            Shape = Shape,
            LatentSize = 8,
            Network = new NetworkOptions { Hidden = [400, 200] },
            Condition = Condition.Label(10),
        },
        new ObjectiveOptions(),
        Epochs: 20);

    private static Recipe Sliders() => new(
        "sliders",
        ModelFamily.Sliders,
        new ModelOptions { Shape = Shape, LatentSize = 10, Network = new NetworkOptions { Hidden = [256, 128] } },
        new ObjectiveOptions(),
        Epochs: 20);

    private static IEnumerable<Recipe> Completions() => VisibleRegions.Select(region => new Recipe(
        $"visible-{region}",
        ModelFamily.Completions,
        new ModelOptions
        {
            Shape = Shape,
            LatentSize = 16,
            Prior = "mean-variance",
            Network = new NetworkOptions { Hidden = [128], PriorHidden = [128] },
            Condition = Condition.Region(region, Shape),
        },
        new ObjectiveOptions(),
        Epochs: 12));
}
