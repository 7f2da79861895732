namespace Elbo;

/// <summary>
/// Reads text whose lines have a limit. A reader of lines or records takes memory for a whole one, and a file of a few kilobytes can have
/// gigabytes of zeros without a line break.
/// </summary>
internal sealed class LimitedLines(TextReader inner, string path) : TextReader
{
    /// <summary>The most characters of a line: a million numbers.</summary>
    public const int MaxLength = 1 << 24;

    private int _length;

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
        // A buffer is far shorter than the limit, so that only the parts before the first and after the last line break matter.
        var first = text.IndexOfAny('\n', '\r');
        _length += first < 0 ? text.Length : first;
        if (_length > MaxLength)
            throw new InputException($"{path} has a line of more than {MaxLength} characters: it is no table, or is damaged.");
        if (first >= 0)
            _length = text.Length - 1 - text.LastIndexOfAny('\n', '\r');
    }
}
