namespace Elbo.Story.Tests;

/// <summary>How each claim of the texts is computed: by its id, the comparisons that its sentences state.</summary>
internal static class ClaimComputations
{
    public static IReadOnlyDictionary<string, Func<StoryModels, IEnumerable<Comparison>>> All { get; } =
        new Dictionary<string, Func<StoryModels, IEnumerable<Comparison>>>(StringComparer.Ordinal)
        {
            ["scene1.sixes"] = Scene1Claims.Sixes,
            ["scene1.vae-any"] = Scene1Claims.AnyDigit,
            ["scene1.cvae-label"] = Scene1Claims.AsAsked,
            ["scene2.noise"] = Scene2Claims.Noise,
            ["scene2.plane"] = Scene2Claims.Plane,
            ["scene3.sigma"] = Scene3Claims.Sigma,
            ["scene3.draws"] = Scene3Claims.Alike,
            ["scene4.evidence"] = Scene4Claims.Evidence,
            ["scene5.pulls"] = Scene5Claims.Pulls,
            ["scene6.standard"] = Scene6Claims.Standard,
            ["scene6.noise"] = Scene6Claims.Noise,
            ["scene6.fitted"] = Scene6Claims.Fitted,
            ["scene6.pixels"] = Scene6Claims.Pixels,
            ["scene6.figures"] = Scene6Claims.Figures,
            ["scene7.alone"] = Scene7Claims.Alone,
            ["scene7.aggregate"] = Scene7Claims.Aggregate,
            ["scene7.figures"] = Scene7Claims.Figures,
            ["scene8.dead"] = Scene8Claims.Dead,
            ["scene8.beta"] = Scene8Claims.Beta,
            ["scene8.far"] = Scene8Claims.Far,
            ["scene8.holes"] = Scene8Claims.Holes,
            ["scene8.smaller"] = Scene8Claims.SmallerHoles,
            ["scene8.balance"] = Scene8Claims.Balance,
            ["scene8.costly"] = Scene8Claims.Costly,
            ["scene8.collapse"] = Scene8Claims.Collapse,
            ["scene9.seen"] = Scene9Claims.Seen,
            ["scene9.hidden"] = Scene9Claims.Hidden,
            ["scene9.mean-hidden"] = Scene9Claims.MeanHidden,
            ["scene9.pairs"] = Scene9Claims.Pairs,
        };
}
