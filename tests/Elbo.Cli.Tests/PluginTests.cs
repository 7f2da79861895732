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
        Assert.DoesNotContain("laplacian", Likelihoods.Names);
        Assert.DoesNotContain("mean-shared-variance", Priors.Names);
        Assert.DoesNotContain("parity", Conditions.Names);
        Assert.DoesNotContain("best-draw", Objectives.Names);
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
        workspace.Run(["train", "cvae", .. TestWorkspace.Small, .. OwnParts, "--epochs", "1", "--plugin", Sample, "--plugin", Sample, "--out", run])
            .AssertDone();
        return run;
    }
}
