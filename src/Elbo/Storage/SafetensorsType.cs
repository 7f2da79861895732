namespace Elbo;

/// <summary>The element types of safetensors files, by their names in the format.</summary>
internal enum SafetensorsType
{
    Bool,
    U8,
    I8,
    I16,
    U16,
    F16,
    BF16,
    I32,
    U32,
    F32,
    I64,
    U64,
    F64,
}

/// <summary>Names and sizes of the element types.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, SafetensorsType> ByName =
        Enum.GetValues<SafetensorsType>().ToDictionary(NameOf, StringComparer.Ordinal);

    public static string NameOf(this SafetensorsType type) => type == SafetensorsType.Bool ? "BOOL" : type.ToString();

    public static bool TryParse(string name, out SafetensorsType type) => ByName.TryGetValue(name, out type);

    /// <summary>The size of one element in bytes.</summary>
    public static int SizeOf(this SafetensorsType type) => type switch
    {
        SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 => 1,
        SafetensorsType.I16 or SafetensorsType.U16 or SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.I32 or SafetensorsType.U32 or SafetensorsType.F32 => 4,
        SafetensorsType.I64 or SafetensorsType.U64 or SafetensorsType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
