using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>Reads the whole numbers of an option that names labels or images.</summary>
internal static class NumberListParser
{
    public static int[] Labels(ArgumentResult result) => Parse(result, "label", "labels");

    public static int[] Indices(ArgumentResult result) => Parse(result, "index", "indices");

    private static int[] Parse(ArgumentResult result, string one, string many)
    {
        var numbers = new List<int>();
        foreach (var token in result.Tokens)
        {
            if (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError($"'{token.Value}' is no {one}: {many} are whole numbers from 0 on");
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
