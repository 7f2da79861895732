namespace Elbo.Cli;

/// <summary>The one setting of a command line that was given several values.</summary>
/// <param name="Path">The setting, as config.json names it.</param>
/// <param name="Values">Its values as they were written, at least two.</param>
internal sealed record SweptSetting(string Path, IReadOnlyList<string> Values)
{
    /// <summary>
    /// Finds it among assignments <c>path=value</c>. A comma separates values, except within brackets, braces or quotation marks: a list
    /// that is one value is written as <c>[400,200]</c>.
    /// </summary>
    /// <exception cref="ConfigurationException">None of them has several values, more than one has, or a value is empty.</exception>
    public static SweptSetting Find(IReadOnlyList<string> assignments)
    {
        var several = assignments.Where(assignment => SeveralOf(assignment) is not null).ToList();
        return several.Count switch
        {
            1 => SeveralOf(several[0])!,
            0 => throw new ConfigurationException(
                "There is nothing to sweep over: give one setting several values, as in --set objective.klWeight=0.5,1,2."),
            _ => throw new ConfigurationException(
                $"A sweep is over one setting, but --set {several[0]} and --set {several[1]} both have several values: keep one of them, "
                + "and write a list that is one value in brackets, as in --set model.network.hidden=[400,200]."),
        };
    }

    /// <summary>The assignments with one of the values in place of all.</summary>
    public IReadOnlyList<string> With(string value, IReadOnlyList<string> assignments) =>
        [.. assignments.Select(assignment => SeveralOf(assignment) is null ? assignment : $"{Path}={value}")];

    private static SweptSetting? SeveralOf(string assignment)
    {
        var equals = assignment.IndexOf('=');
        if (equals <= 0)
            return null;
        var values = Split(assignment[(equals + 1)..]);
        if (values.Count < 2)
            return null;
        return values.All(value => value.Length > 0)
            ? new SweptSetting(assignment[..equals], values)
            : throw new ConfigurationException($"--set {assignment} has an empty value: write one value between each two commas.");
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
