namespace Elbo.Story;

/// <summary>A pack by its name, made at its first use: some take seconds to compute.</summary>
internal sealed class PackSource(string name, Func<Pack> make)
{
    private readonly Lazy<Pack> _pack = new(make);

    /// <summary>The name of the pack.</summary>
    public string Name { get; } = name;

    /// <summary>The pack.</summary>
    public Pack Pack => _pack.Value;
}
