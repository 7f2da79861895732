namespace Elbo.Story.Tests;

public class RunRoleTests
{
    private static readonly ModelOptions Plane = new() { Shape = new ImageShape(1, 28, 28), LatentSize = 2 };

    [Fact]
    public void A_run_takes_the_places_that_its_settings_allow()
    {
        Assert.Equal(["plane", "vae"], Ids(Plane));
        Assert.Equal(["vae"], Ids(Plane with { LatentSize = 20 }));
        Assert.Equal(["plane-4"], Ids(Plane, new() { KlWeight = 4 }));
        Assert.Equal(["plane-0.5"], Ids(Plane, new() { ReconstructionWeight = 2 }));
        Assert.Equal(["ten-noise"], Ids(Plane with { LatentSize = 10 }, new() { KlWeight = 0 }));
        Assert.Equal(["plane-ae"], Ids(Plane with { Posterior = "point" }, new() { Kind = "reconstruction" }));
        Assert.Equal(["ten-ae"], Ids(Plane with { Posterior = "point", LatentSize = 16 }, new() { Kind = "reconstruction" }));
        Assert.Equal(["label-mean", "cvae"], Ids(Plane with { Condition = Condition.Label(10) }));
        Assert.Equal(
            ["label-mean-variance-hidden"],
            Ids(Plane with { Condition = Condition.Label(10), Prior = "mean-variance", ConditionDecoder = false }));
        Assert.Equal(["pairs"], Ids(Plane with { Condition = Condition.Region("top-half", new(1, 28, 28)) }));
    }

    // Every bundled model has the place that its folder is named after.
    [Fact]
    public void The_bundled_models_have_their_own_places() => Assert.All(
        BundledStory.Models.Models.Values,
        model => Assert.Contains(model.Id, RunRole.Of(model.Configuration).Ids));

    [Fact]
    public void What_the_page_cannot_compute_is_said()
    {
        AssertObstacle("8x8", Plane with { Shape = new ImageShape(1, 8, 8) });
        AssertObstacle("not fully connected", Plane with { Network = new() { Kind = "conv" } });
        AssertObstacle("not fully connected", Plane with { Network = new() { Activation = "tanh" } });
        AssertObstacle("'gaussian'", Plane with { Likelihood = "gaussian" });
        AssertObstacle("'mixture'", Plane with { Prior = "mixture" });
        AssertObstacle("'left-half'", Plane with { Condition = Condition.Region("left-half", new(1, 28, 28)) });
        AssertObstacle("0 to 9", Plane with { Condition = Condition.Label(4) });
        AssertObstacle("weight on the KL is 4", Plane with { LatentSize = 10 }, new() { KlWeight = 4 });
        AssertObstacle("objective", Plane, new() { Kind = "iwae", Samples = 5 });
    }

    [Fact]
    public void Every_pack_is_made_from_something_that_has_words() => Assert.All(
        BundledStory.Packs.Where(pack => pack.Name is not ("figures" or "terms" or "recording")),
        pack => Assert.NotEqual(pack.Name, SceneNeed.Of(pack.Name)));

    private static IReadOnlyList<string> Ids(ModelOptions model, ObjectiveOptions? objective = null)
    {
        var (ids, obstacle) = RunRole.Of(new RunConfiguration { Model = model, Objective = objective ?? new() });
        Assert.Null(obstacle);
        return ids;
    }

    private static void AssertObstacle(string expected, ModelOptions model, ObjectiveOptions? objective = null)
    {
        var (ids, obstacle) = RunRole.Of(new RunConfiguration { Model = model, Objective = objective ?? new() });
        Assert.Empty(ids);
        Assert.Contains(expected, obstacle, StringComparison.Ordinal);
    }
}
