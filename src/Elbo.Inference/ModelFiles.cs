using System.IO.Compression;

namespace Elbo.Inference;

/// <summary>The files of a run or of an export, by their paths below its folder, with slashes.</summary>
internal abstract class ModelFiles
{
    /// <summary>Whether there is a file.</summary>
    public abstract bool Has(string path);

    /// <summary>The bytes of a file that is there.</summary>
    public abstract byte[] Read(string path);

    /// <summary>What a file, or all of them for an empty path, is called in a message.</summary>
    public abstract string Describe(string path);

    /// <summary>The files of a folder.</summary>
    public sealed class OfFolder(string folder) : ModelFiles
    {
        public override bool Has(string path) => File.Exists(Describe(path));

        public override byte[] Read(string path) => File.ReadAllBytes(Describe(path));

        public override string Describe(string path) => Path.Combine(folder, path);
    }

    /// <summary>The files of a ZIP archive, which are read once: the archive itself is needed no longer.</summary>
    public sealed class OfArchive : ModelFiles
    {
        // What an archive may unpack to: the largest model that a run can have is far smaller.
        private const long MaxSize = 1L << 31;

        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

        public OfArchive(Stream stream)
        {
            try
            {
                using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
                if (archive.Entries.Sum(entry => (decimal)entry.Length) > MaxSize)
                    throw new InvalidDataException($"it unpacks to more than {MaxSize} bytes");
                foreach (var entry in archive.Entries)
                {
                    using var content = entry.Open();
                    using var bytes = new MemoryStream();
                    content.CopyTo(bytes);
                    _files[entry.FullName] = bytes.ToArray();
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
            {
                throw new InvalidDataException($"The archive is no model: {exception.Message.TrimEnd('.')}.", exception);
            }
        }

        public override bool Has(string path) => _files.ContainsKey(path);

        public override byte[] Read(string path) => _files[path];

        public override string Describe(string path) => path.Length == 0 ? "the archive" : $"{path} in the archive";
    }
}
