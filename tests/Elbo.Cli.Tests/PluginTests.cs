using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Elbo.Tests;
using Extending;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkspace.Name)]
public class PluginTests(TestWorkspace workspace)
{
    private static readonly string Sample = Path.Combine(ElboProcess.ProgramFolder, "Elbo.SamplePlugin.dll");

    private static readonly string[] OwnParts =
        ["--likelihood", "Laplacian", "--prior", "mean-shared-variance", "--objective", "best-draw", "--condition", "parity"];

    [Fact]
    public void Parts_of_a_plugin_are_chosen_by_name_and_evaluated()
    {
        var run = Train();

        var evaluated = workspace.Run("--plugin", Sample, "evaluate", run, "--json").AssertDone();

        Assert.Contains("negativeElbo", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_names_its_plugin_which_is_not_loaded_unasked()
    {
        var run = Train();
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Sample)));
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement;
        var plugin = Assert.Single(record.GetProperty("plugins").EnumerateArray());
        Assert.Equal(("Elbo.SamplePlugin.dll", hash), (plugin.GetProperty("file").GetString(), plugin.GetProperty("sha256").GetString()));

        string[] said =
        [
            Path.GetFileName(run), "Elbo.SamplePlugin.dll", hash, "likelihood 'laplacian'", "prior 'mean-shared-variance'",
            "condition 'parity'", "objective 'best-draw'", "--plugin FILE.dll",
        ];
        workspace.Run("evaluate", run).AssertFails(ExitCodes.Usage, said);
        workspace.Run("resume", run, "--epochs", "2").AssertFails(ExitCodes.Usage, said);
        workspace.Run("train", Path.Combine(run, "config.json"), "--out", workspace.New()).AssertFails(ExitCodes.Usage, said);
        Assert.Contains(Path.GetFileName(run), workspace.Run("runs", "list", ".").AssertDone().Output, StringComparison.Ordinal);
        var shown = workspace.Run("runs", "show", run).AssertDone().Output;
        Assert.All(["Elbo.SamplePlugin.dll", hash, "condition 'parity'"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
        Assert.Matches(@"model\.condition\.kind +parity", shown);
    }

    [Fact]
    public void A_run_of_a_model_of_another_structure_is_listed_and_refused_by_the_commands_that_need_one_code()
    {
        var run = workspace.New();
        using (var model = new TwoLayers(SmallRuns.Data.Shape, seed: 1))
            new Trainer(model, SmallRuns.Options(run) with { Epochs = 1 }).Fit(SmallRuns.Data);
        var type = typeof(TwoLayers).FullName!;

        // No plug-in is known to have it: only a program that has the type can open it.
        workspace.Run("evaluate", run).AssertFails(ExitCodes.Usage, run, type, "Run.Load(folder, model)");
        string[][] commands =
        [
            ["evaluate", run], ["sample", run, "--out", workspace.New(".png")], ["resume", run, "--epochs", "2"],
        ];
        Assert.All(commands, command => workspace.Run([.. command, "--plugin", Sample]).AssertFails(
            ExitCodes.Usage, run, type, "another structure", "a program of your own"));

        // As if the plug-in had trained it.
        TestWorkspace.EditRecord(run, text =>
        {
            var record = JsonNode.Parse(text)!;
            record["plugins"] = new JsonArray(new JsonObject { ["file"] = "Elbo.SamplePlugin.dll", ["sha256"] = "ab" });
            return record.ToJsonString();
        });
        var missing = workspace.Run("evaluate", run);
        missing.AssertFails(ExitCodes.Usage, $"which has the model '{type}'", "--plugin FILE.dll");
        Assert.Contains(Path.GetFileName(run), workspace.Run("runs", "list", ".").AssertDone().Output, StringComparison.Ordinal);
        var shown = workspace.Run("runs", "show", run).AssertDone().Output;
        Assert.Matches($@"not loaded +model '{type}'", shown);
        shown = workspace.Run("runs", "show", run, "--plugin", Sample).AssertDone().Output;
        Assert.DoesNotContain("not loaded", shown, StringComparison.Ordinal);
        using var same = new TwoLayers(SmallRuns.Data.Shape, seed: 2);
        using var given = Run.Load(run, same);
        Assert.Same(same, given.GenerativeModel);
    }

    [Fact]
    public void Another_file_with_the_same_names_is_a_warning()
    {
        var run = Train();
        var other = Path.Combine(Directory.CreateDirectory(workspace.New()).FullName, "other.dll");
        // What follows the end of an assembly is no part of it.
        File.WriteAllBytes(other, [.. File.ReadAllBytes(Sample), 0]);

        var resumed = workspace.Run("resume", run, "--epochs", "2", "--plugin", other).AssertDone();

        var warning = Assert.Single(resumed.Errors.Split('\n'), line => line.StartsWith("Warning: ", StringComparison.Ordinal));
        Assert.Matches(@"with the plug-in Elbo\.SamplePlugin\.dll \(SHA-256 \w+\), and not with other\.dll \(SHA-256 \w+\)", warning);
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement;
        Assert.Equal(2, record.GetProperty("plugins").GetArrayLength());
    }

    [Fact]
    public void Help_lists_the_names_of_a_plugin()
    {
        Assert.Contains("laplacian", workspace.Run("train", "--help", "--plugin", Sample).AssertDone().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("laplacian", workspace.Run("train", "--help").AssertDone().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throws", "throws.dll", "The table of constants is missing.")]
    [InlineData("taken", "taken.dll", "There is a likelihood 'Bernoulli' already")]
    [InlineData("outdated", "outdated.dll", "another version of Elbo")]
    public void A_plugin_that_fails_is_named_and_leaves_no_name_behind(string name, params string[] parts)
    {
        var path = Path.Combine(Directory.CreateDirectory(workspace.New()).FullName, name + ".dll");
        File.Copy(Sample, path);

        workspace.Run("runs", "list", ".", "--plugin", path).AssertFails(ExitCodes.Usage, parts);

        Assert.Throws<SettingsException>(() => Plugins.Load(path));
        Assert.Empty(Likelihoods.Names.Intersect(["laplacian", "half-registered"]));
        Assert.DoesNotContain("mean-shared-variance", Priors.Names);
        Assert.DoesNotContain("parity", Conditions.Names);
        Assert.DoesNotContain("best-draw", Objectives.Names);
        Assert.Empty(GenerativeModels.Names);
        Assert.Empty(Plugins.Loaded);
    }

    [Fact]
    public void A_file_that_is_no_plugin_is_named()
    {
        var text = workspace.New(".dll");
        File.WriteAllText(text, "no assembly");

        workspace.Run("doctor", "--plugin", "nowhere.dll").AssertFails(ExitCodes.Usage, "nowhere.dll", "does not exist");
        workspace.Run("doctor", "--plugin", text).AssertFails(ExitCodes.Usage, text, "no .NET assembly");
        var assembly = Path.Combine(ElboProcess.ProgramFolder, "CsCheck.dll");
        workspace.Run("doctor", "--plugin", assembly).AssertFails(ExitCodes.Usage, assembly, "has no plug-in");
    }

    private string Train()
    {
        var run = workspace.New();
        // Given twice, it is loaded once.
        string[] plugins = ["--plugin", Sample, "--plugin", Sample];
        workspace.Run(["train", "cvae", .. TestWorkspace.Small, .. OwnParts, "--epochs", "1", .. plugins, "--out", run]).AssertDone();
        return run;
    }
}
