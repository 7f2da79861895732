using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo.Tests;

public class SafetensorsChecksumTests
{
    [Fact]
    public void The_hashes_are_those_that_anybody_computes_and_every_flipped_bit_is_noticed()
    {
        using var folders = new TemporaryFolder();
        var path = folders["file.safetensors"];
        SafetensorsEntry[] entries =
        [
            new("weight", SafetensorsType.F32, [3], new byte[12]),
            new("bias", SafetensorsType.U8, [2], new byte[] { 1, 2 }),
        ];
        AtomicFile.Write(path, stream => SafetensorsFile.Write(
            stream, entries, new Dictionary<string, string> { ["text"] = "\"header_sha256\":\"" }, withChecksum: true));
        var bytes = File.ReadAllBytes(path);

        var length = 8 + (int)BitConverter.ToInt64(bytes);
        var header = Encoding.UTF8.GetString(bytes[8..length]);
        var file = SafetensorsFile.Read(path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes[length..])), file.Metadata["tensors_sha256"]);
        var zeroed = Regex.Replace(header, "\"header_sha256\":\"[0-9a-f]{64}\"", $"\"header_sha256\":\"{new string('0', 64)}\"");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(zeroed))), file.Metadata["header_sha256"]);

        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(path, flipped);
            var refused = Record.Exception(() => SafetensorsFile.Read(path));
            if (refused is null)
            {
                // Only the names of the two entries are their own witnesses; the tensors are still what they were.
                var read = SafetensorsFile.Read(path);
                Assert.Equal(entries.Length, read.Entries.Count);
                Assert.All(entries, entry => Assert.Equal(entry.Data.ToArray(), read[entry.Name].Data.ToArray()));
                Assert.True(!read.Metadata.ContainsKey("tensors_sha256") || !read.Metadata.ContainsKey("header_sha256"));
            }
            else
            {
                Assert.IsType<InputException>(refused);
            }
        }
    }
}
