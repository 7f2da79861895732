using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>
/// run.json and calibration.json: a record and, as its last entry, the SHA-256 of the text without that entry, so that damage is noticed.
/// Records of earlier versions have none.
/// </summary>
internal static partial class RecordFile
{
    public static void Write<T>(string path, T record)
    {
        var text = Json.Write(record);
        AtomicFile.WriteText(path, $"{text[..^End.Length]},\n  \"checksum\": \"{HashOf(text)}\"{End}");
    }

    /// <param name="path">The file.</param>
    /// <param name="validate">Rejects values that are not possible, with the name of the file.</param>
    /// <exception cref="InputException">The file cannot be read, is no record, or does not match its checksum.</exception>
    public static T Read<T>(string path, Action<T, string> validate)
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
            var record = Json.Read<T>(content, path);
            validate(record, path);
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
