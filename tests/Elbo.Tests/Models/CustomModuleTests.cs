using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class CustomModuleTests
{
    [Fact]
    public void Modules_of_a_user_are_trained_recorded_and_opened_again_by_the_program_that_can_build_them()
    {
        using var folders = new TemporaryFolder();
        float[] before;
        SplitTerms test;
        using (var model = Create())
        {
            test = new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data).Test!;
            before = model.Sample(4, seed: 1).Values.ToArray();
        }

        var refused = Assert.Throws<SettingsException>(() => Run.Load(folders["run"]));
        Assert.Contains("Run.Load(folder, model)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Sequential", refused.Message, StringComparison.Ordinal);

        using var again = Create();
        using var run = Run.Load(folders["run"], again);
        // Running means are restored with the weights, and neither they nor the dropout act outside a training step.
        Assert.Equal(before, run.Model.Sample(4, seed: 1).Values.ToArray());
        var data = again.Reader(SmallRuns.Data.Test, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        Assert.Equal(test.NegativeElbo, SplitEvaluation.Evaluate(run.Model, data, 1, 0).NegativeElbo);
    }

    [Fact]
    public void A_module_that_returns_the_wrong_shape_is_rejected_with_a_sentence()
    {
        using var model = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 3 }, modules: new(nn.Linear(36, 5)));

        var refused = Assert.Throws<SettingsException>(() => model.Encode(SmallRuns.Data.Test));

        Assert.Contains("[50, 6] is needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_with_other_inputs_than_tensors_is_rejected()
    {
        using var identity = new TakesText();
        Assert.Throws<SettingsException>(() => Vae.Create(SmallRuns.Data.Shape, modules: new(identity)));
    }

    private static LatentVariableModel Create() => Vae.Create(
        SmallRuns.Data.Shape,
        o => o with { LatentSize = 3 },
        modules: new(
            nn.Sequential(nn.Linear(36, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 6)),
            nn.Sequential(nn.Linear(3, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Dropout(0.1), nn.Linear(10, 36))));

    private sealed class TakesText() : nn.Module<string, Tensor>(nameof(TakesText))
    {
        public override Tensor forward(string input) => zeros(1);
    }
}
