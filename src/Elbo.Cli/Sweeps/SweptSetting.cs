namespace Elbo.Cli;

/// <summary>The setting of a sweep, which has several values on the command line.</summary>
/// <param name="Path">The path of the setting in config.json.</param>
/// <param name="Values">The values as given on the command line, at least two.</param>
internal sealed record SweptSetting(string Path, IReadOnlyList<string> Values)
{
    /// <summary>
    /// Finds the swept setting among assignments <c>path=value</c>. Commas separate values, except within brackets, braces or quotation
    /// marks: a single value that is a list is written as <c>[400,200]</c>.
    /// </summary>
    /// <exception cref="SettingsException">No assignment or more than one has several values, or a value is empty.</exception>
    public static SweptSetting Find(IReadOnlyList<string> assignments)
    {
        var several = assignments.Where(assignment => ParseMultiple(assignment) is not null).ToList();
        return several.Count switch
        {
            1 => ParseMultiple(several[0])!,
            0 => throw new SettingsException(
                "No setting to sweep over is given: give one setting several values, as in --set objective.klWeight=0.5,1,2."),
            _ => throw new SettingsException(
                $"A sweep is over one setting, but --set {several[0]} and --set {several[1]} both have several values: give only one "
                + "setting several values, and write a list in brackets, as in --set model.network.hidden=[400,200]."),
        };
    }

    /// <summary>Returns the assignments with a single value for the swept setting.</summary>
    public IReadOnlyList<string> With(string value, IReadOnlyList<string> assignments) =>
        [.. assignments.Select(assignment => ParseMultiple(assignment) is null ? assignment : $"{Path}={value}")];

    private static SweptSetting? ParseMultiple(string assignment)
    {
        var equals = assignment.IndexOf('=');
        if (equals <= 0)
            return null;
        var values = Split(assignment[(equals + 1)..]);
        if (values.Count < 2)
            return null;
        return values.All(value => value.Length > 0)
            ? new SweptSetting(assignment[..equals], values)
            : throw new SettingsException($"--set {assignment} has an empty value: remove the extra comma or add the missing value.");
    }

    private static List<string> Split(string text)
    {
        var (values, start, depth, isQuoted) = (new List<string>(), 0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '[' or '{' when !isQuoted:
                    depth++;
                    break;
                case ']' or '}' when !isQuoted:
                    depth--;
                    break;
                case ',' when !isQuoted && depth == 0:
                    values.Add(text[start..i].Trim());
                    start = i + 1;
                    break;
            }
        }

        values.Add(text[start..].Trim());
        return values;
    }
}
