using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>
/// Reports an error as one sentence on stderr and an exit code, with a stack trace only if ELBO_DEBUG=1 is set.
/// </summary>
internal static class ErrorReport
{
    private const string DebugVariable = "ELBO_DEBUG";

    /// <summary>Reports an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="command">The command that threw it; null if the command line was not parsed.</param>
    public static int Write(Exception exception, Command? command)
    {
        // Whatever failed, it failed because of this; the exception is about the file or library that happened to be next.
        if (EnvironmentLimit.ExplainFiles() is { } limit)
        {
            Console.Error.WriteLine($"elbo: {limit}");
            return ExitCodes.Environment;
        }

        var message = MessageOf(exception);
        Console.Error.WriteLine($"elbo: {(exception is ElboException ? PropertyFlags.AddTo(message, command) : message)}");
        if (System.Environment.GetEnvironmentVariable(DebugVariable) == "1")
            Console.Error.WriteLine(exception);
        return ExitCodeOf(exception);
    }

    /// <summary>Reports a command line that cannot be parsed.</summary>
    public static int WriteUsageError(ParseResult parsed)
    {
        // An unrecognized argument explains more than the required arguments that are missing because of it.
        var message = parsed.UnmatchedTokens.Count > 0
            ? $"'{parsed.UnmatchedTokens[0]}' is not a recognized command or option"
            : parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        var names = string.Join(' ', NamesOf(parsed.CommandResult.Command));
        Console.Error.WriteLine($"elbo: {PrintableText.Of(message)}: see {names} --help.");
        return ExitCodes.Usage;
    }

    internal static int ExitCodeOf(Exception exception) => exception switch
    {
        SettingsException => ExitCodes.Usage,
        InputException input when input.InnerException is { } inner && EnvironmentLimit.Explain(inner) is not null => ExitCodes.Environment,
        InputException => ExitCodes.Data,
        EnvironmentException => ExitCodes.Environment,
        NotFiniteException => ExitCodes.NotFinite,
        SignalledException signalled => signalled.ExitCode,
        _ when EnvironmentLimit.Explain(exception) is not null => ExitCodes.Environment,
        _ => ExitCodes.Failed,
    };

    /// <summary>The message on one line, without characters that control a terminal: it can quote a file.</summary>
    internal static string MessageOf(Exception exception) => PrintableText.Of(TextOf(exception));

    /// <summary>Why one of several runs was left out.</summary>
    internal static string SkippedMessageOf(Exception exception, string folder) => exception is ElboException
        ? MessageOf(exception)
        : PrintableText.Of($"{folder} cannot be read as a run ({exception.GetType().Name}): its files are damaged, or of another program.");

    private static string TextOf(Exception exception) => exception switch
    {
        InputException input when input.InnerException is { } inner && EnvironmentLimit.Explain(inner) is { } limit => limit,
        MissingPluginException missing => $"{missing.Problem}: give it with {Invocation.PluginFlag} FILE.dll.",
        ElboException or SignalledException => exception.Message.ReplaceLineEndings(" "),
        _ when EnvironmentLimit.Explain(exception) is { } limit => limit,
        _ => $"Unexpected error: {FirstLine(exception.Message)} (set {DebugVariable}=1 for the stack trace).",
    };

    private static string FirstLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?.TrimEnd('.')
            ?? "no reason given";

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Parents.OfType<Command>().Take(1).SelectMany(NamesOf).Append(command.Name);
}
