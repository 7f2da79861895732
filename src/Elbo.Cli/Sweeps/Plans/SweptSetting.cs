using System.Text.RegularExpressions;

namespace Elbo.Cli;

/// <summary>A setting that differs between the runs of a sweep.</summary>
/// <param name="Path">The path of the setting in config.json.</param>
/// <param name="Values">The values as given on the command line; with <c>--random</c> also ranges.</param>
internal sealed partial record SweptSetting(string Path, IReadOnlyList<string> Values)
{
    /// <summary>
    /// Reads <c>path=a,b,c</c>. Commas separate values, except within brackets, braces or quotation marks: a single value that is a list is
    /// written as <c>[400,200]</c>.
    /// </summary>
    /// <returns>The setting; null if the text is not of that form.</returns>
    /// <exception cref="SettingsException">A value is empty.</exception>
    public static SweptSetting? Parse(string flag, string assignment)
    {
        var equals = assignment.IndexOf('=');
        if (equals <= 0)
            return null;
        var values = CommaSeparated.Split(assignment[(equals + 1)..]);
        return values.Count == 1 || values.All(value => value.Length > 0)
            ? new SweptSetting(assignment[..equals], values)
            : throw new SettingsException(
                $"{flag} {assignment} has an empty value: remove the extra comma or add the missing value.");
    }

    /// <summary>
    /// Reads <c>path=a,b,path=c,d</c>: what looks like a path and an equals sign after a comma begins the next setting. A value that looks
    /// like that is written in quotation marks.
    /// </summary>
    /// <exception cref="SettingsException">The text is of another form, or a value is empty.</exception>
    public static IEnumerable<SweptSetting> ParseSeveral(string flag, string assignments)
    {
        var settings = new List<string>();
        foreach (var part in CommaSeparated.Split(assignments))
        {
            if (settings.Count == 0 || PathAndEquals().IsMatch(part))
                settings.Add(part);
            else
                settings[^1] += $",{part}";
        }

        return settings.Select(setting => Parse(flag, setting) is { } parsed && parsed.Values.All(value => value.Length > 0)
            ? parsed
            : throw new SettingsException(
                $"{flag} {assignments} cannot be read: write a setting and its values, as in {flag} objective.klWeight=0.5,1,2."));
    }

    [GeneratedRegex(@"^[A-Za-z]\w*(\.[A-Za-z]\w*)+=")]
    private static partial Regex PathAndEquals();
}
