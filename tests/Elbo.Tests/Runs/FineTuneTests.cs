using System.Security.Cryptography;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class FineTuneTests
{
    private static readonly TrainerOptions Negligible = SmallRuns.Options(null) with { Epochs = 1, LearningRate = 1e-30 };

    [Fact]
    public void A_fine_tuned_model_begins_with_the_best_weights_of_the_run_which_stays_as_it_is()
    {
        using var folders = new TemporaryFolder();
        using var run = Train(folders["run"]);
        var before = run.Model.Sample(3, seed: 1).Values.ToArray();

        using var same = run.FineTune(SmallRuns.Data, Negligible);
        using var tuned = run.FineTune(SmallRuns.Data, SmallRuns.Options(null));

        Assert.Equal(before, same.Model.Sample(3, seed: 1).Values.ToArray());
        Assert.NotEqual(before, tuned.Model.Sample(3, seed: 1).Values.ToArray());
        Assert.Equal(before, run.Model.Sample(3, seed: 1).Values.ToArray());
        Assert.True(tuned.Result.Epochs[0].TrainLoss < First(folders["run"]), "two more epochs did not reduce the loss");
    }

    [Fact]
    public void Its_run_records_where_it_began_and_reproduces_itself()
    {
        using var folders = new TemporaryFolder();
        using var run = Train(folders["run"], Binarization.Dynamic);

        using (run.FineTune(SmallRuns.Data, SmallRuns.Options(folders["tuned"])))
        using (var model = SmallRuns.Model(seed: 7))
            new Trainer(model, SmallRuns.Options(folders["again"]) with { StartFrom = folders["run"] }).Fit(SmallRuns.Data);

        foreach (var name in new[] { "tuned", "again" })
        {
            using var settings = JsonDocument.Parse(File.ReadAllText(folders[name, "config.json"]));
            Assert.Equal(folders["run"], settings.RootElement.GetProperty("training").GetProperty("startFrom").GetString());
            // What the model saw belongs to its record, also where the options are silent.
            Assert.Equal("dynamic", settings.RootElement.GetProperty("data").GetProperty("binarize").GetString());
            using var record = JsonDocument.Parse(File.ReadAllText(folders[name, "run.json"]));
            Assert.Equal(
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folders["run", "checkpoints", "best.safetensors"]))),
                record.RootElement.GetProperty("firstWeightsSha256").GetString());
        }

        Assert.Equal(File.ReadAllText(folders["tuned", "metrics.csv"]), File.ReadAllText(folders["again", "metrics.csv"]));
        using var grey = run.FineTune(SmallRuns.Data, Negligible with { Binarize = Binarization.None });
        Assert.Equal(Binarization.None, grey.Model.Binarization);
    }

    [Fact]
    public void A_run_with_modules_of_a_user_is_fine_tuned_in_a_model_that_the_user_builds()
    {
        using var folders = new TemporaryFolder();
        using var model = WithOwnModules();
        new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
        using var run = Run.Load(folders["run"], model);
        using var built = WithOwnModules();

        var refused = Assert.Throws<SettingsException>(() => run.FineTune(SmallRuns.Data, Negligible));
        using (var tuned = run.FineTune(SmallRuns.Data, SmallRuns.Options(null), built))
            Assert.Same(built, tuned.Model);

        Assert.Contains("modules of its author", refused.Message, StringComparison.Ordinal);
        // It was given, so it was not disposed.
        Assert.Equal(2, built.Sample(2).Count);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_the_weights_of_a_model_change_or_anything_is_written()
    {
        using var folders = new TemporaryFolder();
        using var run = Train(folders["run"]);
        using var other = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 3 });
        using var same = SmallRuns.Model(seed: 7);
        var (ofOther, ofSame) = (other.Sample(2).Values.ToArray(), same.Sample(2).Values.ToArray());
        var options = SmallRuns.Options(folders["new"]) with { StartFrom = folders["run"] };
        var tooLong = options with { Objective = new() { Kind = "reconstruction", KlWeight = 3 } };
        var noLabels = new ImageDataset(new ImageShape(1, 6, 6), SmallRuns.Data.Train.ToBytes());

        Assert.Throws<InputException>(() => new Trainer(other, options).Fit(SmallRuns.Data));
        Assert.Throws<InputException>(() => new Trainer(same, options with { StartFrom = folders["none"] }).Fit(SmallRuns.Data));
        Assert.Throws<InputException>(() => new Trainer(same, options).Fit(noLabels));
        Assert.Throws<SettingsException>(() => new Trainer(same, tooLong).Fit(SmallRuns.Data));
        Assert.Equal("options", Assert.Throws<ArgumentException>(() => run.FineTune(SmallRuns.Data, options)).ParamName);

        Assert.Equal(ofOther, other.Sample(2).Values.ToArray());
        Assert.Equal(ofSame, same.Sample(2).Values.ToArray());
        Assert.False(Directory.Exists(folders["new"]));
    }

    private static Run Train(string folder, Binarization binarize = Binarization.None)
    {
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folder) with { Binarize = binarize }).Fit(SmallRuns.Data);
        return Run.Load(folder);
    }

    private static double First(string folder) => MetricsRow.Read(Path.Combine(folder, "metrics.csv"))[0].Loss;

    private static LatentVariableModel WithOwnModules() => Vae.Create(
        SmallRuns.Data.Shape,
        o => o with { LatentSize = 3 },
        modules: new(
            nn.Sequential(nn.Linear(36, 10), nn.Tanh(), nn.Linear(10, 6)),
            nn.Sequential(nn.Linear(3, 10), nn.Tanh(), nn.Linear(10, 36))));
}
