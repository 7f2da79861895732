using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Elbo;

/// <summary>
/// The kinds of conditions by the names that configurations use, as in <c>"condition": { "kind": "label", "count": 10 }</c>, and the
/// command line, as in <c>--condition label</c>. Names are matched without case. A kind of your own is registered once, before the first
/// configuration that names it is read or written, by a program or a plug-in; the methods may be called from any thread.
/// </summary>
public static class Conditions
{
    private static readonly Lock Changing = new();

    private static readonly Registry<ConditionKind> Registry = new("condition", StringComparer.OrdinalIgnoreCase)
    {
        ["label"] = new("label", typeof(LabelCondition), () => new LabelCondition()),
        ["attributes"] = new("attributes", typeof(AttributesCondition), () => new AttributesCondition()),
        // What is visible, and what is joined, cannot be left open.
        ["region"] = new("region", typeof(RegionCondition), Create: null),
        ["joined"] = new("joined", typeof(JoinedCondition), Create: null),
    };

    /// <summary>The names of all kinds, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>All kinds by name: another object after each registration.</summary>
    internal static IReadOnlyDictionary<string, ConditionKind> Kinds => Registry.Entries;

    /// <summary>Registers a kind of condition without settings.</summary>
    /// <typeparam name="T">The type of the condition: a record, so that two of them are equal.</typeparam>
    /// <param name="name">The name of the kind: letters, digits and hyphens.</param>
    /// <param name="create">Makes the condition.</param>
    /// <exception cref="ArgumentException">The name or the type is already registered, or is not possible.</exception>
    public static void Register<T>(string name, Func<T> create)
        where T : Condition
    {
        ArgumentNullException.ThrowIfNull(create);
        Add<T>(name, create, new ConditionWithoutSettings<T>(create));
    }

    /// <summary>
    /// Registers a kind of condition with settings, which are read and written without reflection: for trimmed programs and native ones
    /// too.
    /// </summary>
    /// <typeparam name="T">The type of the condition: a record, so that two with equal settings are equal.</typeparam>
    /// <param name="name">The name of the kind: letters, digits and hyphens.</param>
    /// <param name="create">
    /// Makes the condition with the settings that a configuration without them stands for, and <c>--condition NAME</c>; where there are no
    /// such settings it throws a <see cref="SettingsException"/>.
    /// </param>
    /// <param name="settings">
    /// The properties, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of yours. Its options are not used: a
    /// configuration has one style for all.
    /// </param>
    /// <exception cref="ArgumentException">The name or the type is already registered, or is not possible.</exception>
    public static void Register<T>(string name, Func<T> create, JsonTypeInfo<T> settings)
        where T : Condition
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(settings);
        Add<T>(name, create, settings.OriginatingResolver ?? throw new ArgumentException(
            $"The settings of {typeof(T).Name} come from no JsonSerializerContext.", nameof(settings)));
    }

    /// <summary>Registers a kind of condition with settings, whose properties are found by reflection.</summary>
    /// <inheritdoc cref="Register{T}(string, Func{T}, JsonTypeInfo{T})"/>
    [RequiresUnreferencedCode("Trimming may remove the properties of the condition: pass a JsonTypeInfo of it.")]
    [RequiresDynamicCode("A native program may lack the code that reads the properties of the condition: pass a JsonTypeInfo of it.")]
    public static void RegisterByReflection<T>(string name, Func<T> create)
        where T : Condition
    {
        ArgumentNullException.ThrowIfNull(create);
        Add<T>(name, create, new DefaultJsonTypeInfoResolver());
    }

    /// <summary>The kind of a name.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    internal static ConditionKind Find(string name) => Registry.Find(name);

    private static void Add<T>(string name, Func<Condition> create, IJsonTypeInfoResolver settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol == '-'))
            throw new ArgumentException($"A condition cannot be named '{name}': use letters, digits and hyphens.", nameof(name));
        if (typeof(T).IsAbstract)
            throw new ArgumentException($"{typeof(T).Name} is abstract: register the types that derive from it.", nameof(name));
        lock (Changing)
        {
            if (Registry.Entries.ContainsKey(name) || Regions.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"A condition '{name}' exists already: choose another name.", nameof(name));
            if (Registry.FirstOrDefault(entry => entry.Value.Type == typeof(T)).Key is { } other)
                throw new ArgumentException($"{typeof(T).Name} is already registered as '{other}'.", nameof(name));
            Registry.Register(name, new ConditionKind(name, typeof(T), create, settings));
        }
    }
}
