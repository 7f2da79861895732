using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Elbo.Cli;

/// <summary>
/// Makes what is written to stderr optional: a training does not end because its messages have nowhere to go, to a stream that is closed, a
/// disk that is full or a reader that has gone. What a command writes to stdout is its result, so there a failure is an error.
/// </summary>
internal static class ConsoleStreams
{
    private const int StandardError = 2;

    /// <summary>Opens stderr now, while a file can be opened, and ignores failures to write to it from now on.</summary>
    public static void TolerateLostMessages()
    {
        TextWriter errors;
        try
        {
            errors = IsOpen(StandardError) ? Console.Error : TextWriter.Null;
        }
        catch (IOException)
        {
            // No further file can be opened.
            errors = Unbuffered();
        }

        Console.SetError(new TolerantWriter(errors));
    }

    private static StreamWriter Unbuffered() => new(
        new FileStream(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, bufferSize: 0))
    { AutoFlush = true };

    /// <summary>
    /// Whether a stream was open when the process started. Where it was not, the runtime has got its number for a pipe of its own, to both
    /// ends of which this process has descriptors; nothing may be written there.
    /// </summary>
    private static bool IsOpen(int descriptor)
    {
        const string descriptors = "/proc/self/fd";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(descriptors))
            return true;
        var target = TargetOf($"{descriptors}/{descriptor}");
        return target is not null && !(target.StartsWith("pipe:", StringComparison.Ordinal)
            && Directory.EnumerateFileSystemEntries(descriptors).Any(other => TargetOf(other) == target && IsForReading(other)));
    }

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // The access mode is the last two bits of the flags, which are written in octal: 0 is for reading.
    private static bool IsForReading(string descriptor)
    {
        try
        {
            var flags = File.ReadLines($"/proc/self/fdinfo/{Path.GetFileName(descriptor)}")
                .First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (flags[^1] - '0') % 4 == 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Writes where it can.</summary>
    private sealed class TolerantWriter(TextWriter inner) : TextWriter
    {
        private readonly Lock _gate = new();

        // The console opens files when it is first written to; this one needs none.
        private readonly TextWriter _last = inner == Null ? Null : Unbuffered();

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Try(writer => writer.Write(value));

        public override void Write(string? value) => Try(writer => writer.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(writer => writer.Write(buffer, index, count));

        public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

        public override void Flush() => Try(writer => writer.Flush());

        private void Try(Action<TextWriter> write)
        {
            lock (_gate)
            {
                if (!Succeeds(write, inner))
                    Succeeds(write, _last);
            }
        }

        private static bool Succeeds(Action<TextWriter> write, TextWriter writer)
        {
            try
            {
                write(writer);
                return true;
            }
            catch (Exception exception) when (
                exception is IOException or UnauthorizedAccessException or ObjectDisposedException or TypeInitializationException)
            {
                return false;
            }
        }
    }
}
