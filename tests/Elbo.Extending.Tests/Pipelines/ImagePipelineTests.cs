using Elbo.ML;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Extending.Pipelines;

/// <summary>The estimator on a column of images.</summary>
public sealed class ImagePipelineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-image-pipelines-").FullName;
    private readonly MLContext _context = new(seed: 1);

    private ElboEstimatorOptions Options => new()
    {
        InputColumn = "Image",
        FalsePositiveRate = 0.1,
        Model = options => options with { LatentSize = 5, Network = new() { Hidden = [24] } },
        Training = new() { Epochs = 3, BatchSize = 32, Directory = Path.Combine(_folder, "run") },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void The_columns_are_what_the_library_computes_of_the_same_pixels(int channels)
    {
        var estimator = _context.Transforms.Elbo(Options with { ImageChannels = channels });
        var rows = _context.Data.LoadFromEnumerable(Picture.Some(120, seed: 1));
        var pipeline = estimator.Append(_context.Transforms.NormalizeMinMax("Scaled", "Code")).Fit(rows);
        var pictures = Picture.Some(20, seed: 2).Concat(Picture.Some(20, seed: 2, MLPixelFormat.Rgba32)).ToArray();
        var data = _context.Data.LoadFromEnumerable(pictures);
        var codes = pipeline.Transform(data).GetColumn<float[]>("Code").ToArray();

        using var run = Elbo.Run.Load(Options.Training.Directory!);
        var plane = Picture.Height * Picture.Width;
        var images = new ImageDataset(new(channels, Picture.Height, Picture.Width), pictures.SelectMany(picture => channels == 3
            ? picture.Planes
            : Enumerable.Range(0, plane).Select(i => (byte)Math.Floor(
                0.5m + 0.299m * picture.Planes[i] + 0.587m * picture.Planes[plane + i] + 0.114m * picture.Planes[2 * plane + i])))
            .ToArray());
        var expected = run.Model.Encode(images);
        for (var i = 0; i < pictures.Length; i++)
        {
            Assert.Equal(5, codes[i].Length);
            Assert.All(codes[i].Index(), code => Assert.Equal(expected[i][code.Index], code.Item, 1e-4f));
        }

        // How the bytes lie in memory makes no difference.
        Assert.Equal(codes[..20], codes[20..]);

        var file = Path.Combine(_folder, "pictures.zip");
        _context.Model.Save(pipeline, rows.Schema, file);
        var loaded = new MLContext().Model.Load(file, out _).Transform(data);
        Assert.Equal(codes, loaded.GetColumn<float[]>("Code"));
        Assert.Equal(pipeline.Transform(data).GetColumn<float>("NegativeElbo"), loaded.GetColumn<float>("NegativeElbo"));
        Assert.Equal(pipeline.Transform(data).GetColumn<bool>("IsAnomaly"), loaded.GetColumn<bool>("IsAnomaly"));
    }

    [Fact]
    public void Images_that_do_not_fit_are_named()
    {
        var estimator = _context.Transforms.Elbo(Options);
        var missing = Picture.Some(120, seed: 1);
        missing[7].Image = null;
        Assert.Equal(
            "There is no image in row 7 (zero-based) of the column 'Image'.",
            Assert.Throws<ArgumentException>(() => estimator.Fit(_context.Data.LoadFromEnumerable(missing))).Message);
        var other = Picture.Some(120, seed: 1);
        other[8].Image = MLImage.CreateFromPixels(2, 2, MLPixelFormat.Bgra32, new byte[16]);
        Assert.Equal(
            "The image in row 8 (zero-based) of the column 'Image' has 2 x 2 pixels, but the model reads 6 x 5: put "
                + "ResizeImages before it.",
            Assert.Throws<ArgumentException>(() => estimator.Fit(_context.Data.LoadFromEnumerable(other))).Message);
        Assert.False(Directory.Exists(Options.Training.Directory));
    }
}
