using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Elbo.Cli;

/// <summary>Options and arguments that several verbs share, and options for numbers that say in plain words what they take.</summary>
internal static class CommonOptions
{
    public static Argument<string> Run() => new("RUN") { Description = "The folder of a run." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string?> Out(string description) => new("--out") { Description = description, HelpName = "FILE" };

    public static Option<string> Device() => new("--device")
    {
        Description = "Where to compute: cpu (default) or cuda.",
        HelpName = "cpu|cuda",
        DefaultValueFactory = _ => "cpu",
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Other data than the run was trained on: a name or a folder.",
        HelpName = "NAME|DIR",
    };

    public static Option<Split> Split() => new("--split")
    {
        Description = "Which part of the data: test (default), validation or train.",
        HelpName = "SPLIT",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "test" => Cli.Split.Test,
            "validation" => Cli.Split.Validation,
            "train" => Cli.Split.Train,
            var other => Refuse(result, $"'{other}' is no split: --split takes test, validation or train", Cli.Split.Test),
        },
    };

    public static Option<int?> Whole(string name, string description, int least = 1, int most = 1_000_000) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
            int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most
                ? number
                : Refuse(
                    result,
                    $"'{result.Tokens[0].Value}' does not fit {name}, which takes a whole number from {least} to {most}",
                    (int?)null),
    };

    public static Option<double?> Real(string name, string description, double above) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
            double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) && number > above
                ? number
                : Refuse(result, $"'{result.Tokens[0].Value}' does not fit {name}, which takes a number above {above}", (double?)null),
    };

    public static Option<ulong> Seed(string description) => new("--seed")
    {
        Description = description + " (0 by default).",
        HelpName = "N",
        CustomParser = result => ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Refuse(result, $"'{result.Tokens[0].Value}' does not fit --seed, which takes a whole number of at least 0", 0ul),
    };

    private static T Refuse<T>(ArgumentResult result, string message, T nothing)
    {
        result.AddError(message);
        return nothing;
    }
}
