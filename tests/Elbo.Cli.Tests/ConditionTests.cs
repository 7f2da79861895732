using System.Text.Json;

namespace Elbo.Cli.Tests;

/// <summary>Conditions other than labels, in training and in all commands that use a run.</summary>
[Collection(AloneInProcess.Name)]
public class ConditionTests(WorkspaceInProcess workspace)
{
    private const int Pixels = TestWorkspace.Side * TestWorkspace.Side;

    [Fact]
    public void An_image_with_one_visible_quadrant_is_completed()
    {
        var (run, all, two) = (workspace.New(), workspace.New(".npy"), workspace.New(".npy"));
        workspace.Run(["train", "cvae-quadrant-1", .. TestWorkspace.Small, "--prior-hidden", "8", "--epochs", "2", "--out", run])
            .AssertDone();
        Assert.True(new FileInfo(Path.Combine(run, "samples", "epoch-002.png")).Length > 0);
        var condition = Model(run).GetProperty("condition");
        Assert.Equal("region", condition.GetProperty("kind").GetString());
        Assert.Equal("quadrants-1", condition.GetProperty("visible").GetString());

        workspace.Run("complete", run, "--images", "3", "--count", "4", "--out", all).AssertDone();
        workspace.Run("complete", run, "--index", "2", "--index", "1", "--count", "4", "--out", two).AssertDone();
        var (shape, values) = Npy.Read(all);
        Assert.Equal([12, 1, TestWorkspace.Side, TestWorkspace.Side], shape);
        var valuesOfTwo = Npy.Read(two).Values;
        Assert.Equal(values[(8 * Pixels)..(12 * Pixels)], valuesOfTwo[..(4 * Pixels)]);
        Assert.Equal(values[(4 * Pixels)..(8 * Pixels)], valuesOfTwo[(4 * Pixels)..]);

        // The bottom left of the original image, read directly from its file.
        var original = File.ReadAllBytes(Path.Combine(workspace.Folder, "data", "t10k-images-idx3-ubyte"))[16..];
        for (var i = 0; i < values.Length; i++)
        {
            var (image, row, column) = (i / Pixels / 4, i % Pixels / TestWorkspace.Side, i % TestWorkspace.Side);
            if (row >= TestWorkspace.Side / 2 && column < TestWorkspace.Side / 2)
                Assert.Equal(original[image * Pixels + i % Pixels] / 255f, values[i], 1e-6f);
        }

        foreach (var command in new string[][]
        {
            ["complete", run, "--count", "2"],
            ["sample", run, "--index", "5", "--count", "3"],
            ["sample", run],
            ["reconstruct", run],
            ["interpolate", run, "--from", "0", "--to", "3"],
            ["interpolate", run, "--from", "0", "--to", "3", "--condition-only", "--count", "2"],
            ["traverse", run, "--index", "4", "--steps", "3"],
            ["traverse", run, "--steps", "3"],
        })
            AssertPng(workspace.Run([.. command, "--out", workspace.New(".png")]).AssertDone());
        workspace.Run("encode", run, "--out", workspace.New(".npy")).AssertDone();
        workspace.Run("score", run, "--out", workspace.New(".csv")).AssertDone();
        workspace.Run("evaluate", run, "--importance-samples", "3", "--json").AssertDone();
        workspace.Run("sample", run, "--label", "1", "--out", workspace.New(".png")).AssertFails(2, "not conditioned on labels");
        workspace.Run("sample", run, "--attribute", "1", "--out", workspace.New(".png")).AssertFails(2, "not conditioned on attributes");
        workspace.Run("complete", run, "--index", "60").AssertFails(2, "Example 60 does not exist");
        workspace.Run("complete", "cvae").AssertFails(2, "not conditioned on part of an image");
    }

    [Fact]
    public void Attributes_from_files_condition_a_model_and_are_recorded_and_can_be_given_by_value()
    {
        var (run, one, two) = (workspace.New(), workspace.New(".npy"), workspace.New(".npy"));
        var (train, test) = (WriteAttributes(TestWorkspace.TrainImages), WriteAttributes(TestWorkspace.TestImages));
        string[] arguments =
        [
            "train", "cvae", .. TestWorkspace.Small, "--condition", "attributes", "--attributes", train, "--test-attributes", test,
            "--attribute-columns", "b,a", "--epochs", "2", "--out",
        ];
        workspace.Run([.. arguments, run]).AssertDone();

        var data = Json(run, "config.json").GetProperty("data");
        Assert.Equal(train, data.GetProperty("attributes").GetString());
        Assert.Equal(test, data.GetProperty("testAttributes").GetString());
        // The integers 0 to 239 have the mean 119.5 and the standard deviation sqrt((240² - 1) / 12).
        var condition = Model(run).GetProperty("condition");
        Assert.Equal(119.5, condition.GetProperty("mean")[1].GetDouble(), 1e-9);
        Assert.Equal(Math.Sqrt((240.0 * 240 - 1) / 12), condition.GetProperty("deviation")[1].GetDouble(), 1e-9);
        workspace.Run("resume", run, "--epochs", "3").AssertDone();
        workspace.Run("evaluate", run, "--split", "validation").AssertDone();

        // Image 7 has the attributes 7 * 2 and 7, in the order of --attribute-columns.
        workspace.Run("sample", run, "--index", "7", "--count", "3", "--out", one).AssertDone();
        workspace.Run("sample", run, "--attribute", "14,7", "--count", "3", "--out", two).AssertDone();
        Assert.Equal(Npy.Read(one).Values, Npy.Read(two).Values);
        workspace.Run("interpolate", run, "--from-attribute", "0,0", "--to-attribute", "50,5", "--out", workspace.New(".png")).AssertDone();
        workspace.Run("traverse", run, "--attribute", "1,2", "--out", workspace.New(".png")).AssertDone();
        workspace.Run("sample", run, "--attribute", "1", "--out", workspace.New(".png")).AssertFails(2, "conditioned on 2");

        // The recorded hash covers the attributes, so changed attributes are other data.
        var lines = File.ReadAllLines(train);
        File.WriteAllLines(train, [.. lines[..^1], "999,999"]);
        workspace.Run("resume", run, "--epochs", "4").AssertFails(3, "no longer holds");
    }

    [Fact]
    public void Joined_conditions_are_taken_from_an_image_and_overridden_by_value()
    {
        var (run, own, other) = (workspace.New(), workspace.New(".npy"), workspace.New(".npy"));
        workspace.Run(["train", "cvae", .. TestWorkspace.Small, "--condition", "label+left-half", "--epochs", "2", "--out", run])
            .AssertDone();

        // Image 5 has the label 1.
        workspace.Run("sample", run, "--index", "5", "--label", "1", "--label", "2", "--count", "2", "--out", own).AssertDone();
        workspace.Run("sample", run, "--index", "5", "--count", "2", "--out", other).AssertDone();

        var (fromValues, fromImage) = (Npy.Read(own).Values, Npy.Read(other).Values);
        Assert.Equal(fromImage, fromValues[..(2 * Pixels)]);
        Assert.NotEqual(fromImage, fromValues[(2 * Pixels)..]);
        workspace.Run("sample", run, "--label", "1", "--label", "2", "--index", "1", "--index", "2", "--index", "3")
            .AssertFails(2, "cannot be combined");
    }

    [Theory]
    [InlineData("--posterior", "none", "--objective", "reconstruction")]
    [InlineData("--posterior", "prior", "--objective", "reconstruction")]
    [InlineData("--objective", "hybrid", "--bound-share", "0.3")]
    public void A_baseline_is_trained_with_one_command_and_completes_images(params string[] choice)
    {
        var (run, completed) = (workspace.New(), workspace.New(".npy"));
        workspace.Run(
            ["train", "cvae-quadrant-1", .. TestWorkspace.Small, .. choice, "--prior-hidden", "8", "--epochs", "2", "--out", run])
            .AssertDone();
        var kind = choice[1];

        var metrics = JsonDocument.Parse(workspace.Run("evaluate", run, "--json").AssertDone().Output).RootElement;
        Assert.Equal(kind == "hybrid" ? JsonValueKind.Number : JsonValueKind.Null, metrics.GetProperty("kl").ValueKind);
        workspace.Run("complete", run, "--images", "1", "--count", "2", "--out", completed).AssertDone();
        var values = Npy.Read(completed).Values;
        var difference = values[..Pixels].Zip(values[Pixels..]).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.Equal(kind == "none", difference < 1e-6);
        var estimates = workspace.Run("evaluate", run, "--importance-samples", "5");
        if (kind == "none")
        {
            estimates.AssertFails(2, "-log p(x|c) itself");
            workspace.Run("traverse", run).AssertFails(2, "no latent dimensions");
        }
        else
        {
            estimates.AssertDone();
        }

        var encoded = workspace.Run("encode", run, "--out", workspace.New(".npy"));
        if (kind == "hybrid")
            encoded.AssertDone();
        else
            encoded.AssertFails(2, "infers no codes");
        workspace.Run("resume", run, "--epochs", "3").AssertDone();
    }

    [Fact]
    public void An_invalid_condition_is_rejected_before_training()
    {
        var (rows, numbers, mask) = (WriteAttributes(7), WriteAttributes(TestWorkspace.TrainImages), workspace.New(".png"));
        File.WriteAllText(numbers, File.ReadAllText(numbers).Replace("\n6,", "\nNaN,", StringComparison.Ordinal));
        var test = WriteAttributes(TestWorkspace.TestImages);
        var white = workspace.New(".png");
        var unscaled = new ImageGridOptions { Scale = 1, Margin = 0 };
        ImageGrid.Save(white, new ExampleValues(new ImageShape(1, 8, 8), [.. Enumerable.Repeat(1f, 64)]), unscaled);
        ImageGrid.Save(mask, new ExampleValues(new ImageShape(1, 2, 2), [0, 1, 1, 1]), unscaled);

        Train("--condition", "attributes", "--attributes", rows, "--test-attributes", test)
            .AssertFails(3, Path.GetFileName(rows), "7 rows", "240 images");
        Train("--condition", "attributes", "--attributes", numbers, "--test-attributes", test)
            .AssertFails(3, "not a finite number", "line 8", "column a");
        Train("--condition", "attributes", "--attributes", numbers).AssertFails(2, "--test-attributes");
        Train("--condition", "attributes", "--attribute-columns", "a").AssertFails(2, "--attributes");
        Train("--condition", "attributes").AssertFails(3, "no attributes");
        Train("--condition", "attributes", "--attributes", test, "--test-attributes", test, "--attribute-columns", "z")
            .AssertFails(3, "no column 'z'");
        Train("--condition", "rectangle:0,0,8,8").AssertFails(2, "hides nothing");
        Train("--condition", "rectangle:0,0,0,8").AssertFails(2, "hides all");
        Train("--condition", "rectangle:0,0,9,8").AssertFails(2, "exceeds images");
        Train("--condition", $"mask:{white}").AssertFails(3, "hides nothing");
        Train("--condition", $"mask:{mask}").AssertFails(2, "2 by 2");
        Train("--condition", "mask:nowhere.png").AssertFails(3, "does not exist");
        Train("--condition", "nothing").AssertFails(2, "'nothing'", "quadrants-1");
        Train("--set", """model.condition={"kind":"label","count":2}""").AssertFails(2, "4 labels");
        Train("--condition", "label", "--no-decoder-condition", "--condition-skip").AssertFails(2, "skip connection");

        ElboResult Train(params string[] arguments) =>
            workspace.Run(["train", "cvae", .. TestWorkspace.Small, .. arguments, "--out", workspace.New()]);
    }

    private string WriteAttributes(int rows)
    {
        var path = workspace.New(".csv");
        File.WriteAllText(path, "a,b\n" + string.Concat(Enumerable.Range(0, rows).Select(row => $"{row},{2 * row}\n")));
        return path;
    }

    private static JsonElement Json(string run, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(run, file))).RootElement;

    private static JsonElement Model(string run) => Json(run, "config.json").GetProperty("model");

    private void AssertPng(ElboResult result) =>
        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(Path.Combine(workspace.Folder, result.Output.Trim()))[..4]);
}
