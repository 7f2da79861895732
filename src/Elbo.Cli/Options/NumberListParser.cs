using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>Parses the integers of an option that selects images.</summary>
internal static class NumberListParser
{
    public static int[] Indices(ArgumentResult result) => Parse(result, "index", "indices");

    private static int[] Parse(ArgumentResult result, string singular, string plural)
    {
        var numbers = new List<int>();
        foreach (var token in result.Tokens)
        {
            if (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError($"'{token.Value}' is not a valid {singular}: {plural} are integers of at least 0");
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
