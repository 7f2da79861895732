using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>Changes individual settings of a configuration by their JSON path, and rejects invalid values immediately.</summary>
internal sealed class ConfigurationEditor
{
    private JsonObject _settings;

    public ConfigurationEditor(RunConfiguration configuration)
    {
        _settings = configuration.ToJson();
        // An unset shape is serialized as zeros, which are invalid: remove it, because the data determines it later.
        if (configuration.Model.Shape == default)
            _settings["model"]!.AsObject().Remove("shape");
        Current = configuration;
    }

    /// <summary>The current configuration.</summary>
    public RunConfiguration Current { get; private set; }

    /// <summary>Changes a setting to a typed value.</summary>
    /// <param name="path">The setting, as in <c>model.latentSize</c>.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="origin">The user's input, for error messages.</param>
    /// <exception cref="SettingsException">The setting does not exist, or the value is invalid for it.</exception>
    public void Set(string path, JsonNode? value, string origin) => Set(path, origin, _ => [value]);

    /// <summary>Applies an assignment <c>path=value</c>, with the value as JSON or as a plain string.</summary>
    /// <exception cref="SettingsException">
    /// The assignment has another form, the setting does not exist, or the value is invalid for it.
    /// </exception>
    public void Set(string assignment)
    {
        var origin = $"--set {assignment}";
        var equals = assignment.IndexOf('=');
        if (equals <= 0)
            throw new SettingsException($"{origin} cannot be read: write --set path=value, as in --set model.latentSize=2.");
        var text = assignment[(equals + 1)..];
        Set(assignment[..equals], origin, current => Interpretations(text, current));
    }

    private void Set(string path, string origin, Func<JsonNode?, IEnumerable<JsonNode?>> candidates)
    {
        var parts = path.Split('.');
        var holder = Find(_settings, parts, origin);
        var previous = holder[parts[^1]]?.DeepClone();
        foreach (var candidate in candidates(previous))
        {
            holder[parts[^1]] = candidate;
            if (TryRead())
                return;
            holder[parts[^1]] = previous?.DeepClone();
        }

        throw new SettingsException(
            $"{origin} is not valid for the setting {path}, whose current value is {Describe(previous)}: give a value of the same type.");
    }

    private bool TryRead()
    {
        try
        {
            Current = RunConfiguration.FromJson(_settings);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonObject Find(JsonObject settings, string[] parts, string origin)
    {
        for (var depth = 0; ; depth++)
        {
            if (!settings.TryGetPropertyValue(parts[depth], out var found))
                throw Unknown(settings);
            if (depth == parts.Length - 1)
                return settings;
            settings = found as JsonObject ?? throw new SettingsException(
                $"{origin} does not name a setting: {string.Join('.', parts[..(depth + 1)])} has no nested settings.");
        }

        SettingsException Unknown(JsonObject known) =>
            new($"{origin} does not name a setting: choose one of {string.Join(", ", known.Select(setting => setting.Key))}.");
    }

    /// <summary>The possible meanings of a string: JSON, a list without brackets if the current value is a list, or a string.</summary>
    private static IEnumerable<JsonNode?> Interpretations(string text, JsonNode? current)
    {
        if (TryParse(text, out var json))
            yield return json;
        if (current is JsonArray && TryParse($"[{text}]", out var list))
            yield return list;
        yield return JsonValue.Create(text);
    }

    private static bool TryParse(string text, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    private static string Describe(JsonNode? value) => value is null ? "not set" : JsonOutput.OneLine(value);
}
