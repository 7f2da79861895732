using System.Collections;

namespace Elbo;

/// <summary>The named variants of a concept. Registering a new variant takes one line.</summary>
internal sealed class Registry<T>(string concept, StringComparer? comparer = null) : IEnumerable<KeyValuePair<string, T>>
{
    private readonly Lock _changing = new();

    // Replaced as a whole, so that an entry can be added while another thread looks one up.
    private volatile Dictionary<string, T> _entries = new(comparer ?? StringComparer.Ordinal);

    /// <summary>All variants by name, in the order of registration: another object after each registration.</summary>
    public IReadOnlyDictionary<string, T> Entries => _entries;

    public IReadOnlyCollection<string> Names => _entries.Keys;

    public T this[string name]
    {
        set
        {
            lock (_changing)
                _entries = new Dictionary<string, T>(_entries, _entries.Comparer) { { name, value } };
        }
    }

    public T Find(string name) => _entries.TryGetValue(name, out var found) ? found : throw Unknown(name, _entries.Keys);

    /// <summary>The error for a name that does not exist, with those that do.</summary>
    public SettingsException Unknown(string name, IEnumerable<string> names) =>
        new($"Unknown {concept} '{name}': choose one of {string.Join(", ", names)}.");

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
