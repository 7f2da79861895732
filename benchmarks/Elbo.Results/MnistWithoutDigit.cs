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
        var labels = Unpack("train-labels-idx1-ubyte");
        var digits = labels.AsSpan(LabelHeader..);
        Save("train-images-idx3-ubyte", Without(Unpack("train-images-idx3-ubyte"), ImageHeader, Pixels, digits, digit));
        Save("train-labels-idx1-ubyte", Without(labels, LabelHeader, 1, digits, digit));
        foreach (var name in new[] { "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
            Save(name, Unpack(name));
        Directory.Move(partial, folder);

        void Save(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(partial, name), bytes);

        byte[] Unpack(string name)
        {
            using var packed = new GZipStream(
                File.OpenRead(Path.Combine(repository, "data", "mnist", name + ".gz")), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            packed.CopyTo(bytes);
            return bytes.ToArray();
        }
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
}
