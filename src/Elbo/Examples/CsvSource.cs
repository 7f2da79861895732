using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Elbo;

/// <summary>Opens CSV files as spreadsheets and pandas write them: UTF-8, or UTF-16 with a byte order mark, with commas, semicolons or
/// tabulators.</summary>
internal static class CsvSource
{
    private const int MaxHeader = 1 << 16;

    /// <summary>Reads a file through a reader of its records, and with the character that separates values.</summary>
    /// <exception cref="InputException">The file is missing, no text in UTF-8, or has a wrong quotation mark.</exception>
    public static T Read<T>(string path, Func<CsvReader, char, T> read) => InputFile.Read(path, stream =>
    {
        try
        {
            var separator = FindSeparator(stream);
            stream.Position = 0;
            using var text = new LimitedLines(Open(stream), path);
            // Nothing is repaired: a quote that is never closed would silently make one value of many rows.
            using var reader = CsvReader.Create(text, new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                SkipEmptyLines = false,
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            return read(reader, separator);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InputException(
                $"{path} is not in UTF-8, as its line {FindInvalidLine(stream)} shows: save it as UTF-8 (it may be in Latin-1).",
                exception);
        }
        catch (CsvFormatException exception)
        {
            throw new InputException(
                $"{path} has a wrong quotation mark on line {exception.LineNumber}: quotation marks enclose a whole value, and one "
                + "within it is written twice.",
                exception);
        }
    });

    private static StreamReader Open(Stream stream) => new(
        stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), true, -1, leaveOpen: true);

    /// <summary>The separator that the first line has most of, outside quotation marks; a comma if none.</summary>
    private static char FindSeparator(Stream stream)
    {
        using var reader = Open(stream);
        var start = new char[MaxHeader];
        var text = start.AsSpan(0, reader.ReadBlock(start));
        var (commas, semicolons, tabulators, isQuoted) = (0, 0, 0, false);
        foreach (var character in text)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            if (isQuoted)
                continue;
            if (character is '\r' or '\n')
                break;
            commas += character == ',' ? 1 : 0;
            semicolons += character == ';' ? 1 : 0;
            tabulators += character == '\t' ? 1 : 0;
        }

        return tabulators > Math.Max(commas, semicolons) ? '\t' : semicolons > commas ? ';' : ',';
    }

    private static int FindInvalidLine(FileStream stream)
    {
        stream.Position = 0;
        using var bytes = new MemoryStream();
        var number = 1;
        for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            bytes.WriteByte((byte)next);
            if (next != '\n' && bytes.Length < LimitedLines.MaxLength)
                continue;
            if (!Utf8.IsValid(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
                return number;
            bytes.SetLength(0);
            number++;
        }

        return number;
    }
}
