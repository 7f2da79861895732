using System.IO.Compression;
using Elbo.Inference;

namespace Extending;

/// <summary>The example of inference in docs/deploy.md.</summary>
public sealed class InferredRunTests
{
    [Fact]
    public void A_run_is_opened_without_libtorch()
    {
        var place = Directory.CreateTempSubdirectory("elbo-inferred-").FullName;
        var (run, picture) = (Path.Combine(place, "run"), Path.Combine(place, "six.png"));
        var images = new ImageDataset(new ImageShape(1, 28, 28), new byte[14 * 784], Enumerable.Range(0, 14).Select(i => i % 7).ToArray());
        using (var trained = Cvae.Create(new ImageShape(1, 28, 28), Condition.Label(7), o => o with { LatentSize = 2 }))
            new Trainer(trained, new() { Epochs = 1, Validation = 0, Directory = run }).Fit(images);
        int[] labels = [.. Enumerable.Repeat(6, 16)];

        // begin
        var model = InferenceModel.Load(run);
        float[] sixes = model.Sample(count: 16, label: 6, seed: 1);
        float[] codes = model.Encode(new() { Values = sixes, Labels = labels });
        float[] scores = model.Score(new() { Values = sixes, Labels = labels });
        File.WriteAllBytes(picture, PngImage.Encode(sixes.AsSpan(0, model.Description.ValueCount), 1, 28, 28));
        // end

        Assert.Equal((16 * 784, 16 * 2, 16), (sixes.Length, codes.Length, scores.Length));
        Assert.Equal("PNG"u8, File.ReadAllBytes(picture).AsSpan(1, 3));

        // A program may carry it as one file, which is not kept open.
        ZipFile.CreateFromDirectory(run, Path.Combine(place, "run.zip"));
        var bytes = File.ReadAllBytes(Path.Combine(place, "run.zip"));
        var carried = InferenceModel.Load(new MemoryStream(bytes));
        Array.Clear(bytes);
        Assert.Equal(sixes, carried.Sample(count: 16, label: 6, seed: 1));
        Assert.StartsWith(
            "The archive is no model: ", Assert.Throws<InvalidDataException>(() => InferenceModel.Load(new MemoryStream(bytes))).Message,
            StringComparison.Ordinal);
        Directory.Delete(place, recursive: true);
    }
}
