using TorchSharp;

namespace Elbo.Studio.Tests;

/// <summary>
/// Runs of a user, trained for one epoch on tiny data: pictures of 12 rows and 10 columns with named labels and two attributes, and rows of
/// a table. Shared by a test class.
/// </summary>
public sealed class OwnRuns : IDisposable
{
    private const int Height = 12;
    private const int Width = 10;
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("elbo-studio-own-");

    public OwnRuns()
    {
        torch.set_num_threads(1);
        WritePictures(Pictures);
        WriteTable(Table);
        var pictures = Dataset.FromFolder(Pictures);
        Train("plain", Pictures, pictures, Vae.Create(pictures.Train, Small(5)));
        Train("labels", Pictures, pictures, Cvae.Create(pictures.Train, new LabelCondition(), Small(3)));
        Train("attributes", Pictures, pictures, Cvae.Create(pictures.Train, new AttributesCondition(), Small(4)));
        Train("region", Pictures, pictures, Cvae.Create(pictures.Train, new RegionCondition("top-half"), Small(2)));
        Train(
            "joined",
            Pictures,
            pictures,
            Cvae.Create(pictures.Train, new JoinedCondition([new LabelCondition(), new AttributesCondition()]), Small(2)));
        Train(
            "convolution",
            Pictures,
            pictures,
            Vae.Create(pictures.Train, options => options with
            {
                LatentSize = 2,
                Network = options.Network with { Kind = Networks.Convolutional, Channels = [4], Hidden = [16] },
            }));
        var table = Dataset.FromFolder(Table);
        Train("table", Table, table, Vae.Create(table.Train, Small(2)));
    }

    /// <summary>The names of all runs.</summary>
    public static IReadOnlyList<string> Names { get; } = ["plain", "labels", "attributes", "region", "joined", "convolution", "table"];

    /// <summary>The folder of the runs.</summary>
    internal string Root => Path.Combine(_root.FullName, "runs");

    internal string Pictures => Path.Combine(_root.FullName, "pictures");

    internal string Table => Path.Combine(_root.FullName, "table");

    /// <summary>The id by which views open a run.</summary>
    internal string IdOf(string name) => ModelStore.RunPrefix + RunCatalogue.IdOf(Path.Combine(Root, name));

    public void Dispose() => _root.Delete(recursive: true);

    private static Func<ModelOptions, ModelOptions> Small(int latent) =>
        options => options with { LatentSize = latent, Network = options.Network with { Hidden = [16] } };

    private void Train(string name, string source, Dataset data, LatentVariableModel model)
    {
        using var owned = model;
        new Trainer(model, new() { Epochs = 1, BatchSize = 16, Directory = Path.Combine(Root, name), SamplePages = false })
        {
            Data = new() { Source = source },
        }.Fit(data);
    }

    // A bright bar whose place is the label and whose brightness and length are the attributes.
    private static void WritePictures(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "labels.txt"), ["left", "middle", "right"]);
        File.WriteAllLines(Path.Combine(folder, "attributes.txt"), ["brightness", "length"]);
        foreach (var (split, count) in new[] { ("train", 96), ("test", 24) })
        {
            var random = new Random(count);
            var (pixels, labels, attributes) = (new float[count * Height * Width], new int[count], new float[2 * count]);
            for (var i = 0; i < count; i++)
            {
                var (label, brightness, length) = (i % 3, 0.5f + 0.5f * random.NextSingle(), random.Next(3, Height));
                (labels[i], attributes[2 * i], attributes[2 * i + 1]) = (label, brightness, length);
                for (var row = 0; row < length; row++)
                    pixels[(i * Height + row) * Width + 1 + 3 * label] = brightness;
            }

            NpyFile.Write(Path.Combine(folder, $"{split}.npy"), [count, 1, Height, Width], pixels);
            File.WriteAllBytes(Path.Combine(folder, $"{split}-labels.npy"), Integers(labels));
            NpyFile.Write(Path.Combine(folder, $"{split}-attributes.npy"), [count, 2], attributes);
        }
    }

    /// <summary>Bytes of a NumPy file of int32.</summary>
    private static byte[] Integers(int[] values)
    {
        var header = $"{{'descr': '<i4', 'fortran_order': False, 'shape': ({values.Length},), }}".PadRight(117) + "\n";
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header),
            .. values.SelectMany(BitConverter.GetBytes),
        ];
    }

    private static void WriteTable(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (split, count) in new[] { ("train", 60), ("test", 20) })
        {
            var random = new Random(count);
            File.WriteAllLines(
                Path.Combine(folder, $"{split}.csv"),
                Enumerable.Range(0, count).Select(_ =>
                {
                    var height = 150 + 40 * random.NextDouble();
                    return FormattableString.Invariant($"{height:0.0},{height / 2 - 10 + 5 * random.NextDouble():0.0}");
                }).Prepend("height,weight"));
        }
    }
}
