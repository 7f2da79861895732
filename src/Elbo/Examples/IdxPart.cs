namespace Elbo;

/// <summary>One of the four files of a dataset in the layout of MNIST.</summary>
internal enum IdxPart
{
    TrainImages,
    TrainLabels,
    TestImages,
    TestLabels,
}

/// <summary>The names of the four files.</summary>
internal static class IdxParts
{
    public static IReadOnlyList<IdxPart> All { get; } = Enum.GetValues<IdxPart>();

    /// <summary>The standard file name, without <c>.gz</c>.</summary>
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
    /// Finds the file in a folder, or returns null if it does not exist. Candidates in order of preference: the standard name, the same
    /// name gzipped, and both with a dot in place of the second hyphen, as in some copies.
    /// </summary>
    public static string? Find(this IdxPart part, string folder)
    {
        var dashed = part.FileName();
        var dotted = dashed.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [dashed, dashed + ".gz", dotted, dotted + ".gz"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
