namespace Elbo.Story;

/// <summary>The element types of packs, by their names in the safetensors format.</summary>
internal enum PackType
{
    /// <summary>Unsigned bytes: grey values, labels.</summary>
    U8,

    /// <summary>Signed bytes: quantised weights.</summary>
    I8,

    /// <summary>16-bit integers, with a scale.</summary>
    I16,

    /// <summary>Half precision.</summary>
    F16,

    /// <summary>Single precision.</summary>
    F32,
}

/// <summary>The sizes of the element types.</summary>
internal static class PackTypes
{
    /// <summary>The size of an element in bytes.</summary>
    public static int SizeOf(this PackType type) => type switch
    {
        PackType.U8 or PackType.I8 => 1,
        PackType.I16 or PackType.F16 => 2,
        _ => 4,
    };
}
