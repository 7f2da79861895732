using System.Globalization;

namespace Elbo.Story;

/// <summary>Which models of the story a run can take the place of.</summary>
internal static class RunRole
{
    private const int PlaneDimensions = 2;
    private const int Labels = 10;
    private const string VisibleHalf = "top-half";

    private static readonly ImageShape Shape = new(1, 28, 28);

    /// <summary>The names that a model can have in the story, or why it has none, as the end of a sentence.</summary>
    public static (IReadOnlyList<string> Ids, string? Obstacle) Of(RunConfiguration configuration)
    {
        var model = configuration.Model;
        if (model.Shape != (ValueShape)Shape)
            return ([], $"its values are {model.Shape}, and the story draws images of {Shape}");
        if (StoryModel.FindObstacle(model) is { } obstacle)
            return ([], obstacle);
        if (model.LatentSize < PlaneDimensions)
            return ([], "it has one latent dimension");
        var isPlane = model.LatentSize == PlaneDimensions;
        return model switch
        {
            { Condition: RegionCondition region } => region.Visible == VisibleHalf
                ? (["pairs"], null)
                : ([], $"its visible region is '{region.Visible}', not '{VisibleHalf}'"),
            { Condition: LabelCondition labels } when labels.Count != Labels || labels.Values is not null =>
                ([], "its labels are not 0 to 9"),
            { Condition: LabelCondition } => OfLabels(model, isPlane),
            { Posterior: Posteriors.Point } => ([isPlane ? "plane-ae" : "ten-ae"], null),
            _ => OfWeight(configuration.Objective, isPlane),
        };
    }

    private static (IReadOnlyList<string>, string?) OfLabels(ModelOptions model, bool isPlane)
    {
        var ids = new List<string>();
        if (isPlane)
            ids.Add($"label-{model.Prior ?? Priors.Mean}{(model.ConditionDecoder ? "" : "-hidden")}");
        if (model.ConditionDecoder)
            ids.Add("cvae");
        return ids.Count > 0 ? (ids, null) : ([], "its decoder does not see the label, and it has more than two latent dimensions");
    }

    private static (IReadOnlyList<string>, string?) OfWeight(ObjectiveOptions objective, bool isPlane)
    {
        if (objective.Kind != "elbo" || objective.ReconstructionWeight.Final <= 0)
            return ([], $"its objective is not the bound with a weight on the KL");
        return (objective.KlWeight.Final / objective.ReconstructionWeight.Final, isPlane) switch
        {
            (1, true) => ([StoryModels.Plane, "vae"], null),
            (1, false) => (["vae"], null),
            (0, true) => (["plane-noise"], null),
            (0, false) => (["ten-noise"], null),
            (var weight, true) => ([string.Create(CultureInfo.InvariantCulture, $"{StoryModels.Plane}-{weight}")], null),
            (var weight, false) => ([], $"its weight on the KL is {weight}, and it has more than two latent dimensions"),
        };
    }
}
