namespace Elbo.Story;

/// <summary>
/// Tensors and metadata under a name, in the safetensors format: what the page reads. The same content gives the same bytes.
/// </summary>
/// <param name="Name">The name in the page, as in <c>model-plane</c>.</param>
/// <param name="Tensors">The tensors.</param>
/// <param name="Metadata">The metadata.</param>
internal sealed record Pack(string Name, IReadOnlyList<PackTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The metadata in which a pack names others, between spaces, that whoever needs it needs too.</summary>
    public const string Companions = "packs";

    /// <summary>The names of the packs that whoever needs this one needs too.</summary>
    public IReadOnlyList<string> CompanionNames => Metadata.TryGetValue(Companions, out var names) ? names.Split(' ') : [];

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public PackTensor this[string name] => Find(name) ?? throw new InputException($"{Name} lacks the tensor '{name}'.");

    /// <summary>The tensor of a name, or null.</summary>
    public PackTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>The pack as a safetensors file, in which every tensor is aligned to its element size.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. Tensors.Select(tensor => tensor.ToEntry())], Metadata);
        return stream.ToArray();
    }

    /// <summary>Reads a file of the library or of this type.</summary>
    /// <exception cref="InputException">The bytes are not valid in the format, or have an element type that packs do not have.</exception>
    public static Pack Read(string name, byte[] bytes)
    {
        var file = SafetensorsFile.Read(bytes, name);
        return new Pack(name, [.. file.Entries.Select(PackTensor.Of)], file.Metadata);
    }
}
