namespace Elbo;

/// <summary>
/// Reads a table whose lines have a limit; a value in quotation marks may have line breaks. A reader of records takes memory for a whole
/// one, and a file of a few kilobytes can have gigabytes of zeros without a line break.
/// </summary>
internal sealed class LimitedLines(TextReader inner, string path) : TextReader
{
    /// <summary>The most characters of a line: a million numbers.</summary>
    public const int MaxLength = 1 << 24;

    private int _length;
    private bool _isQuoted;

    public override int Peek() => inner.Peek();

    public override int Read()
    {
        var next = inner.Read();
        if (next >= 0)
            Count([(char)next]);
        return next;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var read = inner.Read(buffer);
        Count(buffer[..read]);
        return read;
    }

    public override int ReadBlock(char[] buffer, int index, int count) => ReadBlock(buffer.AsSpan(index, count));

    public override int ReadBlock(Span<char> buffer)
    {
        var read = inner.ReadBlock(buffer);
        Count(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var next = _isQuoted ? text.IndexOf('"') : text.IndexOfAny('"', '\n', '\r');
            var part = next < 0 ? text.Length : next + 1;
            _length += part;
            if (_length > MaxLength)
                throw new InputException($"{path} has a line of more than {MaxLength} characters: it is no table, or is damaged.");
            if (next >= 0 && text[next] == '"')
                _isQuoted = !_isQuoted;
            else if (next >= 0)
                _length = 0;
            text = text[part..];
        }
    }
}
