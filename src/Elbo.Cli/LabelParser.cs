using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>Reads the values of <c>--label</c>.</summary>
internal static class LabelParser
{
    public static int[] Parse(ArgumentResult result)
    {
        var labels = new List<int>();
        foreach (var token in result.Tokens)
        {
            if (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var label))
            {
                result.AddError($"'{token.Value}' is no label: labels are whole numbers from 0 on");
                return [];
            }

            labels.Add(label);
        }

        return [.. labels];
    }
}
