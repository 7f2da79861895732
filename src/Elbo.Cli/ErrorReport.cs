using System.CommandLine;

namespace Elbo.Cli;

/// <summary>
/// Turns what went wrong into one sentence on stderr and an exit code; never a stack trace, unless ELBO_DEBUG=1 asks for it.
/// </summary>
internal static class ErrorReport
{
    private const string DebugVariable = "ELBO_DEBUG";

    /// <summary>Reports an exception.</summary>
    public static int Write(Exception exception)
    {
        Console.Error.WriteLine($"elbo: {SentenceOf(exception)}");
        if (System.Environment.GetEnvironmentVariable(DebugVariable) == "1")
            Console.Error.WriteLine(exception);
        return ExitCodeOf(exception);
    }

    /// <summary>Reports a command line that cannot be read.</summary>
    public static int Usage(ParseResult parsed)
    {
        // What was typed and means nothing says more than what is missing for it.
        var message = parsed.UnmatchedTokens.Count > 0
            ? $"'{parsed.UnmatchedTokens[0]}' is no command or option here"
            : parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        Console.Error.WriteLine($"elbo: {message}: see {string.Join(' ', NamesOf(parsed.CommandResult.Command))} --help.");
        return ExitCodes.Usage;
    }

    internal static int ExitCodeOf(Exception exception) => exception switch
    {
        ElboException known => known.ExitCode,
        SignalledException signalled => signalled.ExitCode,
        IOException io when AtomicFile.IsDiskFull(io) => ExitCodes.Environment,
        _ => ExitCodes.Failed,
    };

    internal static string SentenceOf(Exception exception) => exception switch
    {
        ElboException or SignalledException => exception.Message.ReplaceLineEndings(" "),
        IOException io when AtomicFile.IsDiskFull(io) => "There is no room left on the disk: free some and try again.",
        OutOfMemoryException => "There is not enough memory for this: ask for fewer images, a smaller model or a smaller batch.",
        _ => $"Something failed that should not have: {FirstLine(exception.Message)} (set {DebugVariable}=1 to see where).",
    };

    private static string FirstLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?.TrimEnd('.')
            ?? "no reason given";

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Parents.OfType<Command>().Take(1).SelectMany(NamesOf).Append(command.Name);
}
