using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo;

/// <summary>The plug-ins that a run was trained with, and which of the names in its configuration are registered.</summary>
internal static class RunPlugins
{
    private const string ModelConcept = "model";

    /// <summary>What a record says of plug-ins: those it had, and those loaded now; null for none.</summary>
    public static IReadOnlyList<PluginFile>? Recorded(IReadOnlyList<PluginFile>? before)
    {
        List<PluginFile> all = [.. (before ?? []).Union(Plugins.Loaded)];
        return all.Count == 0 ? null : all;
    }

    /// <summary>
    /// Reads a configuration whose condition may be of a kind that nobody has registered. Such a condition is returned as it stands, and
    /// the configuration has none.
    /// </summary>
    /// <exception cref="SettingsException">The configuration cannot be read.</exception>
    private static (RunConfiguration Configuration, JsonObject? UnreadCondition) Read(string text, string source)
    {
        if (ConditionIn(text) is not { } condition || !KindsOf(condition).Any(kind => !IsRegistered(kind, Conditions.Names)))
            return (RunConfiguration.Read(text, source), null);
        var root = condition.Root;
        root["model"]!["condition"] = null;
        return (RunConfiguration.Read(root.ToJsonString(), source), condition);
    }

    /// <summary>Reads a configuration, and finds which of its parts nobody has registered.</summary>
    /// <exception cref="SettingsException">The configuration cannot be read.</exception>
    public static RunListing List(string text, string source)
    {
        var (configuration, condition) = Read(text, source);
        return new RunListing(configuration, Missing(configuration, condition)) { UnreadCondition = condition };
    }

    /// <summary>The parts that a configuration names and nobody has registered.</summary>
    private static IReadOnlyList<MissingPart> Missing(RunConfiguration configuration, JsonObject? unreadCondition)
    {
        var model = configuration.Model;
        // A model of another structure builds its own parts: what its settings say of them are no names.
        IEnumerable<(string Concept, string? Name, IReadOnlyCollection<string> Names)> parts =
        [
            .. model.ModelType is null
                ?
                [
                    ("likelihood", model.Likelihood, Likelihoods.Names),
                    ("prior", model.Prior, Priors.Names),
                    ("posterior", model.Posterior, Posteriors.Names),
                    ("network", model.Network.Kind, Networks.Names),
                ]
                : new (string, string?, IReadOnlyCollection<string>)[] { (ModelConcept, model.ModelType, GenerativeModels.Names) },
            .. KindsOf(unreadCondition).Select(kind => ("condition", (string?)kind, Conditions.Names)),
            ("objective", configuration.Objective.Kind, Objectives.Names),
        ];
        return
        [
            .. parts.Where(part => part.Name is { } name && !IsRegistered(name, part.Names))
                .Select(part => new MissingPart(part.Concept, part.Name!)),
        ];
    }

    /// <summary>Requires that all parts of a run with plug-ins are registered.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="text">Its configuration.</param>
    /// <param name="source">The file of the configuration, for error messages.</param>
    /// <param name="given">A model that need not be built, so that its type need not be registered; or null.</param>
    /// <exception cref="MissingPluginException">Some are not.</exception>
    /// <exception cref="SettingsException">The configuration cannot be read.</exception>
    public static void EnsureRegistered(RunDirectory directory, string text, string source, GenerativeModel? given = null)
    {
        if (Of(directory) is not { Count: > 0 } plugins)
            return;
        var own = given is null ? null : new MissingPart(ModelConcept, GenerativeModels.NameOf(given.GetType()));
        List<MissingPart> missing = [.. List(text, source).MissingParts.Where(part => part != own)];
        if (missing.Count == 0)
            return;
        throw new MissingPluginException(
            $"The run {directory.Folder} was trained with the {Described(plugins)}, which {(plugins.Count == 1 ? "has" : "have")} the "
            + Joined(missing.Select(part => part.ToString()), " and the "));
    }

    /// <summary>A sentence that says with which plug-ins a run was trained, if others are loaded; else null.</summary>
    public static string? Difference(RunDirectory directory)
    {
        var (recorded, loaded) = (Of(directory), Plugins.Loaded);
        List<PluginFile> absent = [.. recorded.ExceptBy(loaded.Select(plugin => plugin.Sha256), plugin => plugin.Sha256)];
        List<PluginFile> others = [.. loaded.ExceptBy(recorded.Select(plugin => plugin.Sha256), plugin => plugin.Sha256)];
        return absent.Count == 0 || others.Count == 0
            ? null
            : $"The run {directory.Folder} was trained with the {Described(absent)}, and not with "
                + $"{Joined(others.Select(plugin => plugin.ToString()), " and ")}: its results may differ.";
    }

    private static IReadOnlyList<PluginFile> Of(RunDirectory directory)
    {
        if (!File.Exists(directory.RecordPath))
            return [];
        try
        {
            return directory.ReadRecord().Plugins ?? [];
        }
        catch (InputException)
        {
            // Reported where the record itself is needed.
            return [];
        }
    }

    private static string Described(IReadOnlyList<PluginFile> plugins) =>
        (plugins.Count == 1 ? "plug-in " : "plug-ins ") + Joined(plugins.Select(plugin => plugin.ToString()), " and ");

    private static string Joined(IEnumerable<string> texts, string conjunction) => string.Join(conjunction, texts);

    private static bool IsRegistered(string name, IEnumerable<string> names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static JsonObject? ConditionIn(string text)
    {
        try
        {
            var root = JsonNode.Parse(text, documentOptions: new()
            {
                AllowDuplicateProperties = false,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            return root is JsonObject && root["model"] is JsonObject model ? model["condition"] as JsonObject : null;
        }
        catch (JsonException)
        {
            // Reported where the configuration itself is read.
            return null;
        }
    }

    private static IEnumerable<string> KindsOf(JsonObject? condition)
    {
        if (condition is null)
            return [];
        var own = condition["kind"] is JsonValue value && value.TryGetValue(out string? name) ? new[] { name } : [];
        var parts = condition["parts"] as JsonArray ?? [];
        return own.Concat(parts.OfType<JsonObject>().SelectMany(KindsOf));
    }
}
