using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>Changes single settings of a configuration by their path in its JSON, and refuses at once what does not fit.</summary>
internal sealed class ConfigurationEditor
{
    private JsonObject _settings;

    public ConfigurationEditor(RunConfiguration configuration)
    {
        _settings = JsonSerializer.SerializeToNode(configuration, Json.Options)!.AsObject();
        // No shape at all is written as zeros, which no image has: the data gives it later.
        if (configuration.Model.Shape == default)
            _settings["model"]!.AsObject().Remove("shape");
        Current = configuration;
    }

    /// <summary>The configuration as it stands.</summary>
    public RunConfiguration Current { get; private set; }

    /// <summary>Changes a setting to a value of which the type is known.</summary>
    /// <param name="path">The setting, as in <c>model.latentSize</c>.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="origin">What the user wrote, for the error.</param>
    /// <exception cref="ConfigurationException">There is no such setting, or the value does not fit it.</exception>
    public void Set(string path, JsonNode? value, string origin) => Set(path, origin, _ => [value]);

    /// <summary>Changes a setting as <c>path=value</c> says, with the value as JSON or as plain text.</summary>
    /// <exception cref="ConfigurationException">
    /// The text has another form, there is no such setting, or the value does not fit it.
    /// </exception>
    public void Set(string assignment)
    {
        var origin = $"--set {assignment}";
        var equals = assignment.IndexOf('=');
        if (equals <= 0)
            throw new ConfigurationException($"{origin} cannot be read: write --set path=value, as in --set model.latentSize=2.");
        var text = assignment[(equals + 1)..];
        Set(assignment[..equals], origin, current => Readings(text, current));
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

        throw new ConfigurationException($"{origin} does not fit the setting {path}, which is {Describe(previous)} now.");
    }

    private bool TryRead()
    {
        try
        {
            Current = JsonSerializer.Deserialize<RunConfiguration>(_settings, Json.Options)!;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            // Not supported is a value with several kinds that does not say of which it is.
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
            settings = found as JsonObject ?? throw new ConfigurationException(
                $"{origin} names no setting: {string.Join('.', parts[..(depth + 1)])} has none within it.");
        }

        ConfigurationException Unknown(JsonObject known) =>
            new($"{origin} names no setting: choose one of {string.Join(", ", known.Select(setting => setting.Key))}.");
    }

    /// <summary>What a text can mean: JSON, a list without its brackets where there is a list now, or the text itself.</summary>
    private static IEnumerable<JsonNode?> Readings(string text, JsonNode? current)
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

    private static string Describe(JsonNode? value) => value is null ? "not set" : value.ToJsonString(
        new(Json.Options) { WriteIndented = false });
}
