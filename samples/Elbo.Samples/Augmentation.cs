namespace Samples;

/// <summary>Draws more pictures of five classes, each into a PNG file in the folder of its class.</summary>
internal static class Augmentation
{
    public static IReadOnlyList<string> Execute(string folder, int pictures = 2000, int epochs = 30, int each = 20)
    {
        var train = Fruits.Draw(pictures);

        // begin
        using var model = Cvae.Create(train, amend: o => o with { LatentSize = 4 });
        new Trainer(model, new() { Epochs = epochs }).Fit(train);

        var files = new List<string>();
        foreach (var (label, name) in train.LabelNames!.Index())
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            var drawn = model.Sample(each, label, seed: 1);
            for (var i = 0; i < drawn.Count; i++)
            {
                var one = new ExampleValues(drawn.Shape, drawn[i].ToArray());
                files.Add(Path.Combine(folder, name, $"{i}.png"));
                ImageGrid.Save(files[^1], one, new ImageGridOptions { Scale = 1, Margin = 0 });
            }
        }
        // end

        Console.WriteLine($"{files.Count} pictures of {train.LabelNames!.Count} classes in {folder}");
        return files;
    }
}
