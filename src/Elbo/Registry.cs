using System.Collections;

namespace Elbo;

/// <summary>The named variants of a concept. Registering a new variant takes one line.</summary>
internal sealed class Registry<T>(string concept, StringComparer? comparer = null) : IEnumerable<KeyValuePair<string, T>>
{
    private const int MaxShown = 80;

    private readonly Lock _changing = new();

    // Replaced as a whole, so that an entry can be added while another thread looks one up.
    private volatile Dictionary<string, T> _entries = new(comparer ?? StringComparer.OrdinalIgnoreCase);

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

    /// <summary>Registers a variant from outside of the library.</summary>
    /// <exception cref="ArgumentException">The name is taken, or is not of letters, digits and hyphens.</exception>
    public void Register(string name, T variant)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol == '-'))
            throw new ArgumentException($"The {concept} '{name}' has an impossible name: use letters, digits and hyphens.", nameof(name));
        if (!TryAdd(name, variant))
            throw new ArgumentException($"There is a {concept} '{name}' already: choose another name.", nameof(name));
    }

    /// <summary>Adds a variant from outside of the library under a key of any letters, such as the name of a type.</summary>
    /// <returns>False if the key is taken.</returns>
    public bool TryAdd(string key, T variant)
    {
        lock (_changing)
        {
            if (_entries.ContainsKey(key))
                return false;
            this[key] = variant;
        }

        RegistrationScope.Note(() => Remove(key));
        return true;
    }

    /// <summary>The name of a variant as it was registered.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public string NameOf(string name) =>
        _entries.Keys.FirstOrDefault(known => _entries.Comparer.Equals(known, name)) ?? throw Unknown(name, _entries.Keys);

    public T Find(string name) => _entries.TryGetValue(name, out var found) ? found : throw Unknown(name, _entries.Keys);

    /// <summary>The error for a name that does not exist, with those that do.</summary>
    public SettingsException Unknown(string name, IEnumerable<string> names) =>
        new($"Unknown {concept} '{Shorten(name)}': choose one of {string.Join(", ", names)}.");

    // A file that is no configuration may have names of any length.
    private static string Shorten(string name) => name.Length > MaxShown ? $"{name[..MaxShown]}..." : name;

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Remove(string name)
    {
        lock (_changing)
            _entries = new Dictionary<string, T>(_entries.Where(entry => !_entries.Comparer.Equals(entry.Key, name)), _entries.Comparer);
    }
}
