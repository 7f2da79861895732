using System.CommandLine;
using System.Text.RegularExpressions;

namespace Elbo.Cli;

/// <summary>
/// Adds the flags of the command line to a message of the library, which names properties: "omit Sigma (Sigma is --sigma)."
/// </summary>
internal static partial class PropertyFlags
{
    private const string Kind = "kind";

    // Options of commands that read pictures, which are no settings of a run.
    private static readonly (string Property, string Flag)[] OfImports =
    [
        ("Resize", "--resize"), ("Crop", "--crop"), ("Background", "--background"), ("SampleMaximum", "--sample-maximum"),
        ("TestFraction", "--test"),
    ];

    private static readonly Lazy<Dictionary<string, string>> Flags = new(() => SettingOptions.Create()
        .Select(setting => (Property: PropertyOf(setting.Path), Flag: setting.Option.Name))
        .Concat(OfImports)
        .ToDictionary(pair => pair.Property, pair => pair.Flag));

    /// <summary>Returns the message with the flag of each property that it names.</summary>
    /// <param name="message">A message that ends with a full stop. One that already names a flag is returned unchanged.</param>
    /// <param name="command">The command that was executed. The flags of others are named with their command.</param>
    public static string AddTo(string message, Command? command)
    {
        if (Flag().IsMatch(message))
            return message;
        var flags = string.Join(
            ", ",
            Property().Matches(message)
                .Select(match => match.Value)
                .Distinct()
                .Where(Flags.Value.ContainsKey)
                .Select(property => $"{property} is {Describe(Flags.Value[property], command)}"));
        return flags.Length == 0 ? message : $"{message.TrimEnd('.')} ({flags}).";
    }

    private static string Describe(string flag, Command? command) =>
        command is null || command.Options.Any(option => option.Name == flag) ? flag
            : $"{flag} of {Invocation.CommandName} {(OfImports.Any(pair => pair.Flag == flag) ? "data import" : "train")}";

    /// <summary>The property of a path such as <c>model.priorComponents</c>; the kind of an objective is its property Objective.</summary>
    private static string PropertyOf(string path)
    {
        var parts = path.Split('.');
        var name = parts[^1] == Kind ? parts[^2] : parts[^1];
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    [GeneratedRegex(@"(?<!\S)--[a-z]")]
    private static partial Regex Flag();

    // The first word of a sentence begins with a capital letter whether it is a property or not; in a path, it is the name of a file.
    [GeneratedRegex(@"(?<!(?:^|[.?!]\s)(?=[A-Z][a-z]*\b))(?<![\w./\\'-])[A-Z][A-Za-z]*\b(?![/\\'-]|\.\w)")]
    private static partial Regex Property();
}
