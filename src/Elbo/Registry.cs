using System.Collections;

namespace Elbo;

/// <summary>The named variants of a concept. Registering a new variant takes one line.</summary>
internal sealed class Registry<T>(string concept) : IEnumerable<KeyValuePair<string, T>>
{
    private readonly Dictionary<string, T> _entries = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _entries.Keys;

    public T this[string name]
    {
        set => _entries.Add(name, value);
    }

    public T Find(string name) => _entries.TryGetValue(name, out var found)
        ? found
        : throw new SettingsException($"Unknown {concept} '{name}': choose one of {string.Join(", ", _entries.Keys)}.");

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
