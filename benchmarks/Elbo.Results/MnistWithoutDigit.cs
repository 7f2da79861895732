using System.Buffers.Binary;
using System.IO.Compression;

namespace Elbo.Results;

/// <summary>MNIST with a digit left out of the training images, as a folder of IDX files; the test images are all there.</summary>
internal static class MnistWithoutDigit
{
    private const int Pixels = 28 * 28;
    private const int ImageHeader = 16;
    private const int LabelHeader = 8;

    /// <summary>Writes the folder, unless it exists.</summary>
    /// <param name="repository">The repository, which has the images.</param>
    /// <param name="digit">The digit.</param>
    /// <param name="folder">The folder.</param>
    public static void Write(string repository, int digit, string folder)
    {
        if (Directory.Exists(folder))
            return;
        var partial = folder + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        foreach (var name in new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
        {
            var bytes = Unpack(Path.Combine(repository, "data", "mnist", name + ".gz"));
            if (name.StartsWith("train", StringComparison.Ordinal))
            {
                var labels = Unpack(Path.Combine(repository, "data", "mnist", "train-labels-idx1-ubyte.gz")).AsSpan(LabelHeader..);
                bytes = name.Contains("images", StringComparison.Ordinal)
                    ? Without(bytes, ImageHeader, Pixels, labels, digit)
                    : Without(bytes, LabelHeader, 1, labels, digit);
            }

            File.WriteAllBytes(Path.Combine(partial, name), bytes);
        }

        Directory.Move(partial, folder);
    }

    private static byte[] Without(ReadOnlySpan<byte> file, int header, int size, ReadOnlySpan<byte> labels, int digit)
    {
        using var kept = new MemoryStream();
        kept.Write(file[..header]);
        var count = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == digit)
                continue;
            kept.Write(file.Slice(header + (i * size), size));
            count++;
        }

        var bytes = kept.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), count);
        return bytes;
    }

    private static byte[] Unpack(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
