using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>
/// run.json: the record of a run and, as its last entry, the SHA-256 of the text without that entry, so that damage is noticed. Records of
/// earlier versions have none.
/// </summary>
internal static partial class RecordFile
{
    public static void Write(string path, RunRecord record)
    {
        var text = Json.Write(record);
        AtomicFile.WriteText(path, $"{text[..^End.Length]},\n  \"checksum\": \"{HashOf(text)}\"{End}");
    }

    /// <exception cref="InputException">The file cannot be read, is no record, or does not match its checksum.</exception>
    public static RunRecord Read(string path)
    {
        var text = RunFile.ReadText(path).ReplaceLineEndings("\n");
        var checksum = Checksum().Match(text);
        var content = checksum.Success ? text[..checksum.Index] + End : text;
        if (checksum.Success && checksum.Groups["hash"].Value != HashOf(content))
        {
            throw new InputException(
                $"{path} is damaged: its content does not match its checksum. Restore it from a copy, or remove the entry \"checksum\" if "
                + "you changed the file yourself.");
        }

        try
        {
            var record = Json.Read<RunRecord>(content, path);
            record.Validate(path);
            return record;
        }
        catch (SettingsException exception)
        {
            throw new InputException(exception.Message, exception);
        }
    }

    private const string End = "\n}\n";

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@",\n  ""checksum"": ""(?<hash>[0-9a-f]{64})""\n\}\n$", RegexOptions.ExplicitCapture)]
    private static partial Regex Checksum();
}
