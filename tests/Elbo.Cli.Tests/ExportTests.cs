namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class ExportTests(WorkspaceInProcess workspace)
{
    [Fact]
    public void A_run_is_exported_and_compared_with_its_model()
    {
        var folder = workspace.New();
        var reads = TestWorkspace.TestReads(Path.Combine(workspace.Folder, "cvae"));
        var result = workspace.Run("export", "cvae", "--out", folder, "--check").AssertDone();

        Assert.Equal(
            ["decoder.onnx", "encoder.onnx", "prior.onnx", "sampler.onnx", "score.onnx"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        foreach (var output in new[] { "sampler  image", "score    negative_elbo", "decoder  parameters", "encoder  log_variance" })
            Assert.Contains(output, result.Output, StringComparison.Ordinal);
        Assert.Contains($"Equal to the model on {TestWorkspace.TestImages} examples", result.Output, StringComparison.Ordinal);
        // Nothing about the model is learned from a comparison with itself.
        Assert.Equal(reads, TestWorkspace.TestReads(Path.Combine(workspace.Folder, "cvae")));

        workspace.Run("export", "cvae", "--out", folder).AssertFails(2, "not empty");
        workspace.Run("export", "cvae", "--out", workspace.New(), "--opset", "12").AssertFails(2, "opset 12", "13 or 17");
        workspace.Run("export", "none", "--out", workspace.New()).AssertFails(3, "none is not a run");
    }

    [Fact]
    public void A_graph_that_a_model_has_not_is_named_with_the_reason()
    {
        var (run, folder) = (workspace.New(), workspace.New());
        string[] settings = ["--posterior", "none", "--objective", "reconstruction"];
        workspace.Run(["train", "cvae", .. TestWorkspace.Small, .. settings, "--epochs", "1", "--out", run]).AssertDone();
        var result = workspace.Run("export", run, "--out", folder, "--opset", "13", "--check").AssertDone();
        Assert.Contains("Without prior: the model has no code", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "prior.onnx")));
        Assert.Contains("score    reconstruction", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_from_a_mixture_are_exported_and_agree()
    {
        var (run, folder) = (workspace.New(), workspace.New());
        workspace.Run(["train", "vae", .. TestWorkspace.Small, "--prior", "mixture", "--epochs", "1", "--out", run]).AssertDone();
        var result = workspace.Run("export", run, "--out", folder, "--check").AssertDone();
        Assert.Contains("sampler  image", result.Output, StringComparison.Ordinal);
    }
}
