using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>Options and arguments shared by several commands, and numeric options whose errors name the accepted range.</summary>
internal static class CommonOptions
{
    /// <summary>What <c>--device</c> takes.</summary>
    public const string DeviceNames = "cpu|cuda[:N]";

    public static Argument<string> Run() => new("RUN") { Description = "The folder of a run." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string?> Out(string description) => new("--out") { Description = description, HelpName = "FILE" };

    public static Option<string> Device() => new("--device")
    {
        Description = "The device to compute on: cpu (default), cuda for the first GPU, or cuda:N.",
        HelpName = DeviceNames,
        DefaultValueFactory = _ => Devices.Cpu,
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "A dataset other than the one the run was trained on: a name or a folder.",
        HelpName = "NAME|DIR",
    };

    public static Option<Split> Split(string description = "The split of the data: test (default), validation or train.") => new("--split")
    {
        Description = description,
        HelpName = "SPLIT",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "test" => Cli.Split.Test,
            "validation" => Cli.Split.Validation,
            "train" => Cli.Split.Train,
            var other => Reject(result, $"'{other}' is not a split: --split takes test, validation or train", Cli.Split.Test),
        },
    };

    public static Option<int?> Integer(string name, string description, int minimum = 1, int maximum = 1_000_000) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
            int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= minimum && number <= maximum
                ? number
                : Reject(
                    result,
                    $"'{result.Tokens[0].Value}' is not valid for {name}, which takes an integer from {minimum} to {maximum}",
                    (int?)null),
    };

    public static Option<double?> Number(string name, string description, double exclusiveMinimum) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
            double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) && number > exclusiveMinimum
                ? number
                : Reject(
                    result,
                    $"'{result.Tokens[0].Value}' is not valid for {name}, which takes a number greater than {exclusiveMinimum}",
                    (double?)null),
    };

    public static Option<ulong> Seed(string description) => new("--seed")
    {
        Description = description + " (0 by default).",
        HelpName = "N",
        CustomParser = result => ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Reject(result, $"'{result.Tokens[0].Value}' is not valid for --seed, which takes an integer of at least 0", 0ul),
    };

    private static T Reject<T>(ArgumentResult result, string message, T fallback)
    {
        result.AddError(message);
        return fallback;
    }
}
