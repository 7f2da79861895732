using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>An option that sets one setting of a configuration.</summary>
/// <param name="Option">The option.</param>
/// <param name="Path">The path of the setting in config.json and <c>--set</c>.</param>
/// <param name="Read">Returns the value given on the command line; called only if the option is given.</param>
internal sealed record SettingOption(Option Option, string Path, Func<ParseResult, JsonNode?> Read)
{
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(Option) is { Implicit: false };

    public static SettingOption String(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => JsonValue.Create(text));

    public static SettingOption Integer(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => ParseInteger(name, text));

    public static SettingOption Number(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : throw new SettingsException($"'{text}' is not valid for {name}, which takes a number."));

    public static SettingOption IntegerList(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => new JsonArray([.. text.Split(',').Select(part => ParseInteger(name, part))]));

    /// <summary>An option for comma-separated names.</summary>
    public static SettingOption StringList(string name, string path, string helpName, string description) =>
        Create(
            name,
            path,
            helpName,
            description,
            text => new JsonArray([.. text.Split(',').Select(part => JsonValue.Create(part.Trim()))]));

    public static SettingOption Condition(string name, string path, string helpName, string description) =>
        Create(name, path, helpName, description, text => AsJson(ConditionText.Parse(text)));

    /// <summary>A flag without a value, which sets its setting to true.</summary>
    public static SettingOption EnableFlag(string name, string path, string description) => Flag(name, path, description, true);

    /// <summary>A flag without a value, which sets its setting to false.</summary>
    public static SettingOption DisableFlag(string name, string path, string description) => Flag(name, path, description, false);

    private static SettingOption Flag(string name, string path, string description, bool value)
    {
        var option = new Option<bool>(name) { Description = description };
        return new SettingOption(option, path, parsed => JsonValue.Create(parsed.GetValue(option) == value));
    }

    private static SettingOption Create(string name, string path, string helpName, string description, Func<string, JsonNode> parse)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        return new SettingOption(option, path, parsed => parse(parsed.GetValue(option)!));
    }

    private static JsonNode AsJson(Condition condition) =>
        new RunConfiguration { Model = new() { Condition = condition } }.ToJson()["model"]!["condition"]!.DeepClone();

    private static JsonValue ParseInteger(string name, string text) =>
        // Two types, because seeds use all 64 bits and negative numbers are rejected later, where the limits are known.
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var negative) ? JsonValue.Create(negative)
        : throw new SettingsException($"'{text}' is not valid for {name}, which takes an integer.");
}
