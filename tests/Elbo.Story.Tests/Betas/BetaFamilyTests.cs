namespace Elbo.Story.Tests;

/// <summary>Which runs differ in beta alone, and what is said of others.</summary>
public class BetaFamilyTests
{
    private static readonly RunConfiguration Vae = new() { Model = new() { Shape = new ImageShape(1, 28, 28), LatentSize = 2 } };
    private static readonly DatasetRecord Data = new("digits", "a", "b");

    [Fact]
    public void Three_betas_make_a_family_in_their_order()
    {
        var family = BetaFamily.Among([Run("c", 7.5), Run("a", 0.3), Run("b", 1)])!;
        Assert.Equal([0.3, 1, 7.5], family.Members.Select(member => member.Beta));
        Assert.Equal(["a", "b", "c"], family.Members.Select(member => member.Name));
        Assert.Null(BetaFamily.Among([Run("a", 0.3), Run("b", 1)]));
        Assert.Null(BetaFamily.Among([Run("a", 0.3), Run("b", 1), Run("c", 1)]));
    }

    [Fact]
    public void Either_weight_gives_beta_and_an_autoencoder_stands_at_0()
    {
        var point = Vae with
        {
            Model = Vae.Model with { Posterior = "point", Prior = null },
            Objective = new() { Kind = "reconstruction" },
        };
        Assert.Equal(0, BetaSettings.BetaOf(point));
        Assert.Equal(0.333, BetaSettings.BetaOf(Vae with { Objective = new() { ReconstructionWeight = 3 } }));
        Assert.Equal(8, BetaSettings.BetaOf(Vae with { Objective = new() { KlWeight = 4, ReconstructionWeight = 0.5 } }));
        Assert.Null(BetaSettings.Difference(Vae with { Objective = new() { ReconstructionWeight = 3 } }, point));
    }

    [Fact]
    public void A_warm_up_to_each_beta_in_the_same_steps_is_no_difference()
    {
        Assert.Null(BetaSettings.Difference(Warm("linear:0:4:100"), Warm("linear:0:0.5:100")));
        Assert.Null(BetaSettings.Difference(Warm("cyclical:1:4:100:2"), Warm("cyclical:2:8:100:2")));
        Assert.NotNull(BetaSettings.Difference(Warm("linear:0:4:100"), Warm("linear:0:4:200")));
        Assert.NotNull(BetaSettings.Difference(Warm("linear:0:4:100"), Warm("4")));

        static RunConfiguration Warm(string weight) => Vae with { Objective = new() { KlWeight = WeightSchedule.Parse(weight) } };
    }

    [Fact]
    public void What_changes_no_weight_is_no_difference() => Assert.Null(BetaSettings.Difference(Vae, Vae with
    {
        Data = Vae.Data with { Source = "elsewhere" },
        Training = Vae.Training with { CheckpointEvery = 10, Threads = 3, SamplePages = false },
        Preset = "vae",
    }));

    [Fact]
    public void Another_setting_is_named_with_both_values()
    {
        BetaMember[] runs = [Run("a", 0.3), Run("b", 1), Run("c", 4, run => run with { Training = run.Training with { Epochs = 5 } })];
        Assert.Equal("training.epochs is null in a and 5 in c", BetaFamily.ObstacleOf(runs));
        Assert.Equal("objective.freeBits is 0 in a and 2 in d", BetaFamily.ObstacleOf(
            [.. runs[..2], Run("d", 4, run => run with { Objective = run.Objective with { FreeBits = 2 } })]));
        Assert.Equal("model.network.hidden is [400] in a and [9] in d", BetaFamily.ObstacleOf(
            [.. runs[..2], Run("d", 4, run => run with { Model = run.Model with { Network = new() { Hidden = [9] } } })]));
    }

    [Fact]
    public void Too_few_betas_and_other_data_are_said()
    {
        Assert.Null(BetaFamily.ObstacleOf([]));
        Assert.Equal("these have the beta 1 alone", BetaFamily.ObstacleOf([Run("a", 1), Run("b", 1)]));
        Assert.Equal("these have the betas 0.3 and 1 alone", BetaFamily.ObstacleOf([Run("a", 1), Run("b", 0.3)]));
        var elsewhere = Run("c", 4) with { Data = Data with { TestSha256 = "c" } };
        Assert.Equal("a and c were trained on different data", BetaFamily.ObstacleOf([Run("a", 0.3), Run("b", 1), elsewhere]));
    }

    [Fact]
    public void The_largest_family_is_taken_and_the_others_are_named()
    {
        BetaMember[] runs =
        [
            Run("x", 1, run => run with { Training = run.Training with { Seed = 5 } }), Run("a", 0.3), Run("b", 1), Run("c", 4),
            Run("d", 4),
        ];
        var family = BetaFamily.Among(runs)!;
        Assert.Equal(["a", "b", "c"], family.Members.Select(member => member.Name));
        Assert.Equal(
            [
                "x is not among the betas of scene 8: training.seed is 0 in a and 5 in x.",
                "d is not among the betas of scene 8: the beta 4 is there already.",
            ],
            family.NotesOn(runs));
    }

    private static BetaMember Run(string name, double beta, Func<RunConfiguration, RunConfiguration>? change = null)
    {
        var run = Vae with { Objective = new() { KlWeight = beta } };
        return new(name, name, change is null ? run : change(run), Data);
    }
}
