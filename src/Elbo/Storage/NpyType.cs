namespace Elbo;

/// <summary>The supported element types of NumPy files.</summary>
internal enum NpyType
{
    Float32,
    Float64,
    UInt8,
    Int32,
    Int64,
}

/// <summary>Names and sizes of the element types.</summary>
internal static class NpyTypes
{
    private static readonly Dictionary<string, NpyType> ByDescription =
        Enum.GetValues<NpyType>().ToDictionary(DescriptionOf, StringComparer.Ordinal);

    /// <summary>Returns the NumPy type description: byte order, kind and size.</summary>
    public static string DescriptionOf(this NpyType type) => type switch
    {
        NpyType.Float32 => "<f4",
        NpyType.Float64 => "<f8",
        NpyType.UInt8 => "|u1",
        NpyType.Int32 => "<i4",
        NpyType.Int64 => "<i8",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    public static bool TryParse(string description, out NpyType type) => ByDescription.TryGetValue(description, out type);

    /// <summary>Returns the size of one element in bytes.</summary>
    public static int SizeOf(this NpyType type) => type.DescriptionOf()[^1] - '0';
}
