namespace Elbo;

/// <summary>One of the four files of a dataset in the manner of MNIST.</summary>
internal enum IdxPart
{
    TrainImages,
    TrainLabels,
    TestImages,
    TestLabels,
}

/// <summary>The names under which the four files go.</summary>
internal static class IdxParts
{
    public static IReadOnlyList<IdxPart> All { get; } = Enum.GetValues<IdxPart>();

    /// <summary>The usual name, without <c>.gz</c>.</summary>
    public static string FileName(this IdxPart part) => part switch
    {
        IdxPart.TrainImages => "train-images-idx3-ubyte",
        IdxPart.TrainLabels => "train-labels-idx1-ubyte",
        IdxPart.TestImages => "t10k-images-idx3-ubyte",
        IdxPart.TestLabels => "t10k-labels-idx1-ubyte",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    public static bool IsLabels(this IdxPart part) => part is IdxPart.TrainLabels or IdxPart.TestLabels;

    /// <summary>
    /// The file of a folder, or null where there is none. Where there are several, the order is: the usual name, the same gzipped, and then
    /// both with the dot that some copies have in place of the second hyphen.
    /// </summary>
    public static string? Find(this IdxPart part, string folder)
    {
        var dashed = part.FileName();
        var dotted = dashed.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [dashed, dashed + ".gz", dotted, dotted + ".gz"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
