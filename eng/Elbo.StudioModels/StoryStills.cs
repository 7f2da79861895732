using Elbo.Story;
using Elbo.Studio;

namespace Elbo.StudioModels;

/// <summary>The pictures that a reader sees whose browser runs no scripts: digits of each label, and a plane of codes.</summary>
internal static class StoryStills
{
    private const int Labels = 10;
    private const int Columns = 14;
    private const int PlaneSize = 15;
    private const float PlaneReach = 2.2f;

    /// <summary>Draws them with the models of a folder.</summary>
    public static void Write(string models, string target)
    {
        Directory.CreateDirectory(target);
        using (var cvae = Load(models, "cvae"))
        {
            int[] labels = [.. Enumerable.Range(0, Labels * Columns).Select(index => index / Columns)];
            Save("samples", cvae.Sample(cvae.Epsilon(labels.Length, seed: 0), labels, seed: 0, draw: false), Columns);
        }

        using (var plane = Load(models, StoryModels.Plane))
        {
            float[] codes =
            [
                .. from row in Enumerable.Range(0, PlaneSize)
                   from column in Enumerable.Range(0, PlaneSize)
                   from at in (int[])[column, PlaneSize - 1 - row]
                   select PlaneReach * (2f * at / (PlaneSize - 1) - 1),
            ];
            Save("plane", plane.Sample(codes, features: null), PlaneSize);
        }

        void Save(string name, ExampleValues images, int columns) => AtomicFile.WriteBytes(
            Path.Combine(target, $"{name}.png"),
            ImageGrid.ToPng(images, new ImageGridOptions { Columns = columns, Scale = 1, Margin = 0 }));
    }

    private static LatentVariableModel Load(string models, string id)
    {
        var folder = new ModelFolder(Path.Combine(models, id));
        var model = Configurations.Load(folder.Configuration).CreateModel();
        HalfPrecisionWeights.Load(folder.Weights, model);
        return model;
    }
}
