using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>A flag that stands for one setting of a configuration.</summary>
/// <param name="Option">The flag.</param>
/// <param name="Path">The setting, as <c>--set</c> and config.json name it.</param>
/// <param name="Read">The value given on the command line; only called where there is one.</param>
internal sealed record SettingOption(Option Option, string Path, Func<ParseResult, JsonNode?> Read)
{
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(Option) is { Implicit: false };

    public static SettingOption Text(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => JsonValue.Create(text));

    public static SettingOption Whole(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => ParseWhole(name, text));

    public static SettingOption Real(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : throw new ConfigurationException($"'{text}' does not fit {name}, which takes a number."));

    public static SettingOption WholeList(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => new JsonArray([.. text.Split(',').Select(part => ParseWhole(name, part))]));

    /// <summary>Names with commas between them.</summary>
    public static SettingOption TextList(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => new JsonArray([.. text.Split(',').Select(part => JsonValue.Create(part.Trim()))]));

    public static SettingOption Condition(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => JsonSerializer.SerializeToNode(ConditionText.Parse(text), Json.Options)!);

    /// <summary>A flag without a value, which sets its setting to true.</summary>
    public static SettingOption On(string name, string path, string description) => Switch(name, path, description, true);

    /// <summary>A flag without a value, which sets its setting to false.</summary>
    public static SettingOption Off(string name, string path, string description) => Switch(name, path, description, false);

    private static SettingOption Switch(string name, string path, string description, bool value)
    {
        var option = new Option<bool>(name) { Description = description };
        return new SettingOption(option, path, parsed => JsonValue.Create(parsed.GetValue(option) == value));
    }

    private static SettingOption Create(string name, string path, string helpName, string description, Func<string, JsonNode> parse)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        return new SettingOption(option, path, parsed => parse(parsed.GetValue(option)!));
    }

    private static JsonValue ParseWhole(string name, string text) =>
        // Two types, because seeds take all 64 bits and a negative number is to be refused by whoever knows the limits.
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var negative) ? JsonValue.Create(negative)
        : throw new ConfigurationException($"'{text}' does not fit {name}, which takes a whole number.");
}
