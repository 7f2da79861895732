using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class UsageTests(WorkspaceInProcess workspace)
{
    [Theory]
    [InlineData("", "Required command")]
    [InlineData("bogus", "'bogus'")]
    [InlineData("train", "PRESET|FILE.json")]
    [InlineData("train nope", "'nope'")]
    [InlineData("train nope.json", "nope.json")]
    [InlineData("train vae --bogus", "'--bogus'")]
    [InlineData("train vae --epochs many", "'many'")]
    [InlineData("train vae --epochs 0", "0 epochs")]
    [InlineData("train vae --epochs 99999999999", "99999999999")]
    [InlineData("train vae --latent -3", "-3 dimensions")]
    [InlineData("train vae --data data --hidden 4,x", "'x'")]
    [InlineData("train vae --data data --network tree", "'tree'")]
    [InlineData("train vae --data data --prior mean", "Prior is --prior")]
    [InlineData("train vae --data data --sigma 0.5", "Likelihood is --likelihood")]
    [InlineData("train vae --data data --likelihood categorical --sigma 0.5", "Sigma is --sigma")]
    [InlineData("train vae --data data --binarize some", "data.binarize")]
    [InlineData("train vae --data data --device abacus", "'abacus'")]
    [InlineData("train vae --data data --validation 240", "240")]
    [InlineData("train vae --data data --no-decoder-condition", "no condition")]
    [InlineData("train vae --kl-weight heavy", "'heavy'")]
    [InlineData("train vae --kl-weight -1", "'-1'")]
    [InlineData("train vae --data data --kl-weight cyclical:0:1:4000000000:4000000000", "is not a weight")]
    [InlineData("train vae --data data --epochs 1 --kl-weight linear:0:1:1000", "step 1000")]
    [InlineData("train ae --data data --kl-weight 2", "no KL term")]
    [InlineData("train vae --data data --objective maximum", "'maximum'")]
    [InlineData("train vae --data data --objective iwae --kl-weight 2", "'iwae'")]
    [InlineData("train beta-vae --data data --objective iwae", "'iwae'")]
    [InlineData("train ae --data data --objective iwae", "needs a posterior")]
    [InlineData("train vae --data data --objective beta-tc --samples 2", "'beta-tc'")]
    [InlineData("train vae --data data --capacity 3", "no capacity")]
    [InlineData("train vae --data data --epochs 1 --objective capacity --capacity linear:0:9:1000", "step 1000")]
    [InlineData("evaluate vae --importance-samples 0", "'0'")]
    [InlineData("train vae --learning-rate 0", "learning rate")]
    [InlineData("train vae --threads -1", "-1 threads")]
    [InlineData("train vae --set model.nothing=1", "model.nothing")]
    [InlineData("train vae --set nothing=1", "nothing")]
    [InlineData("train vae --set training.epochs.first=1", "training.epochs")]
    [InlineData("train vae --set training.epochs", "path=value")]
    [InlineData("train vae --set training.epochs=many", "training.epochs")]
    [InlineData("train cvae --set model.condition={\"count\":10}", "model.condition")]
    [InlineData("train vae --set data.source=", "is empty")]
    [InlineData("train vae --data data --out cvae", "never overwrites")]
    [InlineData("sweep vae --data data", "No setting to sweep over")]
    [InlineData("sweep vae --data data --set training.seed=1,2 --set training.epochs=1,2", "over one setting")]
    [InlineData("sweep vae --data data --set training.seed=1,,2", "an empty value")]
    [InlineData("sweep vae --data data --set training.seed=1,1", "result in the same run")]
    [InlineData("sweep vae --data data --set training.epochs=1,2 --set training.epochs=3", "result in the same run")]
    [InlineData("sweep vae --data data --set training.epochs=1,0", "0 epochs")]
    [InlineData("sweep vae --data data --set model.latentSize=2,-3", "-3 dimensions")]
    [InlineData("sweep vae --data data --set objective.klWeight=1,linear:0:1:1000 --epochs 1", "step 1000")]
    [InlineData("sweep vae --data data --set model.nothing=1,2", "model.nothing")]
    [InlineData("sweep vae --data data --kl-weight 1,2 --set training.seed=1,2", "'1,2'")]
    [InlineData("sweep vae --data data --set training.seed=1,2 --out cvae", "is not a sweep")]
    [InlineData("sweep vae --data data --set training.seed=1,2 --worker", "--out")]
    [InlineData("sweep vae --data data --set training.seed=1,2 --worker --abandoned-after 0 --out x", "'0'")]
    [InlineData("sweep vae --data data --grid training.seed=1,2,model.nothing=1,2", "model.nothing")]
    [InlineData("sweep vae --data data --grid training.seed=1..9 --random 0", "'0'")]
    [InlineData("sweep vae --data data --grid training.seed=1..9", "--random N")]
    [InlineData("sweep vae --data data --grid training.seed=0..9999 --grid training.epochs=1..9999 --random 10001", "'10001'")]
    [InlineData("resume cvae", "--epochs")]
    [InlineData("resume cvae --epochs 2", "--epochs")]
    [InlineData("evaluate cvae --split half", "'half'")]
    [InlineData("sample vae --label 1", "not conditioned")]
    [InlineData("sample cvae --label 4", "Label 4 does not exist")]
    [InlineData("sample cvae --label one", "'one'")]
    [InlineData("sample cvae --count 0", "'0'")]
    [InlineData("sample cvae --count 1000000", "--format npy")]
    [InlineData("sample cvae --out cvae/config.json --format png", "never overwritten")]
    [InlineData("sample cvae --out nowhere/x.png", "nowhere")]
    [InlineData("sample cvae --out x.gif", ".npy")]
    [InlineData("sample cvae --out x.png --format gif", "'gif'")]
    [InlineData("interpolate cvae --from 1 --out x.png", "Two endpoints")]
    [InlineData("interpolate cvae --from 1 --to 60 --out x.png", "Example 60 does not exist")]
    [InlineData("interpolate vae --from-label 1 --to-label 2 --out x.png", "not conditioned")]
    [InlineData("traverse vae --label 1 --out x.png", "not conditioned")]
    [InlineData("traverse cvae --range -1 --out x.png", "'-1'")]
    [InlineData("encode cvae", "--out")]
    [InlineData("runs compare cvae", "RUN")]
    [InlineData("data import data --test 2 --out imported", "test split")]
    public void Invalid_usage_is_rejected_with_one_sentence(string commandLine, string part)
    {
        var before = Directory.GetFileSystemEntries(workspace.Folder).Length;
        Run(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)).AssertFails(2, part);
        Assert.Equal(before, Directory.GetFileSystemEntries(workspace.Folder).Length);
    }

    [Theory]
    [InlineData("resume", "")]
    [InlineData("sample", "")]
    [InlineData("runs", "show", "")]
    [InlineData("runs", "list", "")]
    [InlineData("data", "verify", "")]
    [InlineData("data", "import", "", "--out", "imported")]
    [InlineData("data", "import", "data", "--out", "")]
    [InlineData("data", "import", "cvae/samples", "--labels", "", "--out", "imported")]
    [InlineData("train", "vae", "--data", "")]
    [InlineData("train", "vae", "--data", "data", "--out", "")]
    [InlineData("sweep", "vae", "--data", "data", "--set", "training.seed=1,2", "--out", "")]
    [InlineData("evaluate", "cvae", "--data", "")]
    [InlineData("traverse", "cvae", "--out", "")]
    [InlineData("encode", "cvae", "--out", "")]
    public void An_empty_name_of_a_file_or_folder_is_rejected(params string[] arguments)
    {
        var before = Directory.GetFileSystemEntries(workspace.Folder).Length;
        Run(arguments).AssertFails(2, "is empty");
        Assert.Equal(before, Directory.GetFileSystemEntries(workspace.Folder).Length);
    }

    [Theory]
    [InlineData("train vae --data nowhere", "nowhere")]
    [InlineData("train vae --data cvae", "cvae")]
    [InlineData("sample nowhere", "nowhere")]
    [InlineData("sample data", "config.json")]
    [InlineData("resume nowhere", "nowhere")]
    [InlineData("runs list nowhere", "nowhere")]
    [InlineData("runs show data", "config.json")]
    [InlineData("data verify nowhere", "nowhere")]
    [InlineData("data import nowhere --out imported", "nowhere")]
    public void Missing_data_is_reported_by_name(string commandLine, string part) =>
        Run(commandLine.Split(' ')).AssertFails(3, part);

    [Fact]
    public void A_corrupt_checkpoint_is_reported_by_name()
    {
        var run = workspace.CopyOf("cvae");
        var checkpoint = Path.Combine(run, "checkpoints", "best.safetensors");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..^100]);
        Run("sample", run).AssertFails(3, "best.safetensors");
        Run("evaluate", run).AssertFails(3, "best.safetensors");
    }

    [Fact]
    public void A_run_with_changed_data_is_not_evaluated_or_resumed()
    {
        var data = workspace.New();
        TestWorkspace.WriteDataset(data);
        var run = workspace.New();
        Run(["train", "vae", .. TestWorkspace.Small, "--set", $"data.source={data}", "--epochs", "1", "--out", run]).AssertDone();
        var labels = Path.Combine(data, "train-labels-idx1-ubyte");
        var bytes = File.ReadAllBytes(labels);
        bytes[^1] ^= 1;
        File.WriteAllBytes(labels, bytes);
        Run("evaluate", run).AssertFails(3, "original data");
        Run("resume", run, "--epochs", "2").AssertFails(3, "original data");
    }

    [Fact]
    public void A_configuration_for_other_data_is_rejected()
    {
        var configuration = workspace.New(".json");
        var text = File.ReadAllText(Path.Combine(workspace.Folder, "cvae", "config.json"));
        File.WriteAllText(configuration, text.Replace("\"height\": 8", "\"height\": 9", StringComparison.Ordinal));
        Run("train", configuration).AssertFails(2, "1x9x8", "1x8x8");
        File.WriteAllText(configuration, text.Replace("\"count\": 4", "\"count\": 3", StringComparison.Ordinal));
        Run("train", configuration).AssertFails(2, "labels 0 to 2", "4 labels");
        File.WriteAllText(configuration, text.Replace("\"encoderType\": null", "\"encoderType\": \"Mine\"", StringComparison.Ordinal));
        Run("train", configuration).AssertFails(2, "Mine", "Run.Load(folder, model)");
        File.WriteAllText(configuration, text.Replace("\"epochs\"", "\"epoks\"", StringComparison.Ordinal));
        Run("train", configuration).AssertFails(2, "epoks");
        File.WriteAllText(configuration, text.Replace("\"kind\": \"label\",", "", StringComparison.Ordinal));
        Run("train", configuration).AssertFails(2, configuration, "model.condition", "\"kind\"");
        File.WriteAllText(configuration, "{");
        Run("train", configuration).AssertFails(2, configuration);
    }

    [Fact]
    public void A_run_with_custom_modules_is_rejected_with_the_call_that_loads_it()
    {
        var run = workspace.CopyOf("vae");
        var path = Path.Combine(run, "config.json");
        File.WriteAllText(
            path, File.ReadAllText(path).Replace("\"decoderType\": null", "\"decoderType\": \"Mine\"", StringComparison.Ordinal));
        Run("sample", run).AssertFails(2, "Mine", "Run.Load(folder, model)");
    }

    [Fact]
    public void A_run_that_is_being_trained_is_not_resumed()
    {
        var run = workspace.New();
        using var training = ElboProcess.Start(
            workspace.Folder, ["train", "vae", .. TestWorkspace.Small, "--epochs", "100000", "--out", run]);
        training.WaitForError("epoch 1/");
        Run("resume", run).AssertFails(2, "being trained");

        // Also if the record does not contain the id of the other process yet, as when both are started at the same time.
        TestWorkspace.EditRecord(run, text => Regex.Replace(text, "\"processId\": [0-9]+", "\"processId\": null"));
        Run("resume", run).AssertFails(2, "being trained");
    }

    private ElboResult Run(params string[] arguments) => workspace.Run(arguments);
}
