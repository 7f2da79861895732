namespace Extending;

/// <summary>The example of docs/deploy.md.</summary>
public sealed class ExportedRunTests
{
    [Fact]
    public void A_run_is_exported_with_two_lines()
    {
        var place = Directory.CreateTempSubdirectory("elbo-deploy-").FullName;
        var run = Path.Combine(place, "run");
        var images = new ImageDataset(new ImageShape(1, 4, 4), new byte[40 * 16], new int[40]);
        using (var model = Cvae.Create(new ImageShape(1, 4, 4), Condition.Label(1), o => o with { LatentSize = 2 }))
            new Trainer(model, new() { Epochs = 1, Validation = 0, Directory = run }).Fit(images);
        var folder = Path.Combine(place, "onnx");

        // begin
        using var trained = Run.Load(run);
        var export = OnnxExport.Write(trained, folder);
        Console.WriteLine($"{export.Folder}: {string.Join(", ", export.Graphs)}");
        // end

        Assert.Equal(export.Graphs.Order(), Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Order());
        Directory.Delete(place, recursive: true);
    }
}
