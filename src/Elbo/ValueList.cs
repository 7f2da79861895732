using System.Collections;
using System.Globalization;

namespace Elbo;

/// <summary>Makes lists that compare by value.</summary>
internal static class ValueList
{
    /// <summary>
    /// A copy that is equal to every other list of this kind with equal items: what a list in a record of settings has to be.
    /// </summary>
    public static ValueList<T> Of<T>(IReadOnlyList<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value as ValueList<T> ?? new ValueList<T>([.. value]);
    }
}

/// <summary>A list that does not change, equal to every other with equal items in the same order.</summary>
internal sealed class ValueList<T>(T[] items) : IReadOnlyList<T>
{
    private readonly T[] _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public override bool Equals(object? obj) => obj is ValueList<T> other && _items.AsSpan().SequenceEqual(other._items);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() =>
        $"[{string.Join(", ", _items.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))}]";

    public IEnumerator<T> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
