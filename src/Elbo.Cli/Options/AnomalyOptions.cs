using System.CommandLine;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>The options about anomalies: the false-positive rate of a threshold, and the labels of the data that are anomalies.</summary>
internal sealed class AnomalyOptions(string rate, string labels)
{
    private const double MinimumRate = 1e-6;

    private readonly Option<double?> _rate = new("--threshold")
    {
        Description = rate,
        HelpName = "RATE",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number is >= MinimumRate and < 1)
                return number;
            result.AddError($"'{result.Tokens[0].Value}' is not valid for --threshold, which takes a false-positive rate from "
                + "0.000001 to less than 1, such as 0.01");
            return null;
        },
    };

    private readonly Option<string[]> _labels = new("--anomalies")
    {
        Description = labels,
        HelpName = "L",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_rate);
        command.Options.Add(_labels);
    }

    public double? Rate(ParseResult parsed) => parsed.GetValue(_rate);

    public string[] Labels(ParseResult parsed) => parsed.GetValue(_labels) ?? [];
}
