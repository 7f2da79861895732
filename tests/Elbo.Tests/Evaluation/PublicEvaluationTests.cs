namespace Elbo.Tests;

/// <summary>What a program calls to evaluate a model: on the same noise as a training's own evaluation.</summary>
public class PublicEvaluationTests
{
    [Fact]
    public void A_split_evaluated_again_has_the_figures_of_the_training_and_of_its_history()
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        var result = new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
        using var run = Run.Load(folders["run"]);

        var terms = SplitEvaluation.Evaluate(run.Model, SmallRuns.Data.Test);

        Assert.Equal(result.Test!.NegativeElbo, terms.NegativeElbo);
        Assert.Equal(result.Test.ActiveUnits, terms.ActiveUnits);
        var history = run.ReadMetrics();
        Assert.Equal(["train", "validation", "train", "validation", "test"], history.Select(row => row.Split));
        Assert.Equal(terms.NegativeElbo, history[^1].NegativeElbo);
        Assert.Equal(terms.KlPerDimension, history[^1].KlPerDimension);
    }

    [Fact]
    public void The_parts_of_the_KL_add_up_to_it()
    {
        using var model = SmallRuns.Model();

        var parts = KlDecomposition.Of(model, SmallRuns.Data.Train);

        var sum = parts.MutualInformation.Nats + parts.TotalCorrelation.Nats + parts.DimensionWise.Nats;
        var kl = SplitEvaluation.Evaluate(model, SmallRuns.Data.Train).Kl!.Value;
        var error = Math.Sqrt(new[] { parts.MutualInformation, parts.TotalCorrelation, parts.DimensionWise }
            .Sum(part => part.StandardError * part.StandardError));
        Assert.InRange(sum, kl - 4 * error, kl + 4 * error);
        using var mixture = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 2, Prior = "mixture" });
        Assert.Throws<SettingsException>(() => KlDecomposition.Of(mixture, SmallRuns.Data.Train));
    }
}
