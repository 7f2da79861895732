using System.Globalization;

namespace Elbo.StudioModels;

/// <summary>
/// The recipes of the story's models: small networks, trained on pixels that are drawn anew each epoch, so that p(x) is a probability.
/// </summary>
internal static class StoryRecipes
{
    private const int TenDimensions = 10;

    private static readonly ImageShape Shape = new(1, 28, 28);
    private static readonly NetworkOptions Network = new() { Hidden = [64, 128, 128] };
    private static readonly double[] KlWeights = [0.1, 0.5, 4, 16];
    private static readonly ModelOptions Plane = new() { Shape = Shape, LatentSize = 2, Network = Network };
    private static readonly ModelOptions Digits = new() { Shape = Shape, LatentSize = TenDimensions, Network = Network };

    // The standard deviation of the noise stays free without a KL term.
    private static readonly ObjectiveOptions WithoutKl = new() { KlWeight = 0 };
    private static readonly ObjectiveOptions ReconstructionOnly = new() { Kind = "reconstruction" };

    public static IReadOnlyList<Recipe> All { get; } =
    [
        Story("plane", Plane),
        Story("vae", Digits),
        Story("cvae", Digits with { Condition = Condition.Label(10), Prior = "standard" }),
        Story("plane-ae", Plane with { Posterior = "point" }, ReconstructionOnly),
        Story("ten-ae", Digits with { Posterior = "point" }, ReconstructionOnly),
        Story("ten-noise", Digits, WithoutKl),
        .. KlWeights.Select(weight =>
            Story(string.Create(CultureInfo.InvariantCulture, $"plane-{weight}"), Plane, new ObjectiveOptions { KlWeight = weight })),
        .. LabelPriors(),
        Pairs(),
        Story("plane-noise", Plane, WithoutKl),
    ];

    private static Recipe Story(string id, ModelOptions model, ObjectiveOptions? objective = null) =>
        new(id, null, model, objective ?? new ObjectiveOptions(), Epochs: 20) { Binarize = Binarization.Dynamic };

    private static IEnumerable<Recipe> LabelPriors() =>
        from decoderSeesLabel in (bool[])[true, false]
        from prior in (string[])["standard", "mean", "mean-variance"]
        select Story(
            $"label-{prior}{(decoderSeesLabel ? "" : "-hidden")}",
            Plane with { Condition = Condition.Label(10), Prior = prior, ConditionDecoder = decoderSeesLabel });

    private static Recipe Pairs() => Story(
        "pairs",
        Digits with
        {
            Prior = "mean-variance",
            Network = new NetworkOptions { Hidden = [64], PriorHidden = [64] },
            Condition = Condition.Region("top-half", Shape),
        });
}
