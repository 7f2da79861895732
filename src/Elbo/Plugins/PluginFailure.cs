using System.Reflection;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>Turns what was thrown while a plug-in was loaded into one sentence that names its file.</summary>
internal static partial class PluginFailure
{
    public static SettingsException Of(string path, Exception exception) => new(
        Cause(exception) switch
        {
            BadImageFormatException => $"{path} is no .NET assembly: give the .dll file of a plug-in.",
            FileNotFoundException { FileName: { } missing } => $"The plug-in {path} needs {missing}, which does not lie beside it.",
            TypeLoadException or MissingMemberException =>
                $"The plug-in {path} was built against another version of Elbo, or of what Elbo uses, than this one, "
                    + $"{typeof(PluginFailure).Assembly.GetName().Version}: {Sentence(Cause(exception))}",
            var cause => $"The plug-in {path} cannot be loaded: {Sentence(cause)}",
        },
        exception);

    private static Exception Cause(Exception exception) => exception switch
    {
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Cause(first),
        TypeInitializationException { InnerException: { } inner } => Cause(inner),
        _ => exception,
    };

    /// <summary>The message as the end of a sentence, without the name of a parameter that the user never sees.</summary>
    private static string Sentence(Exception exception) =>
        ParameterName().Replace(exception.Message.ReplaceLineEndings(" "), "").TrimEnd('.', ' ') + ".";

    [GeneratedRegex(@" \(Parameter '\w+'\)$")]
    private static partial Regex ParameterName();
}
