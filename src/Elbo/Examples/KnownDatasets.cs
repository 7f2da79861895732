namespace Elbo;

/// <summary>
/// Distinguishes datasets that have the same four file names by the SHA-256 of their content. The hashes were computed from the bundled
/// MNIST and from the Fashion-MNIST packaged by Debian.
/// </summary>
internal static class KnownDatasets
{
    // The largest file of a known dataset has 47,040,000 values: a larger one need not be hashed to be known as another.
    private const long MaxLength = 50_000_000;

    public static KnownDataset Mnist { get; } = new(
        "mnist",
        new Dictionary<IdxPart, string>
        {
            [IdxPart.TrainImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            [IdxPart.TrainLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            [IdxPart.TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            [IdxPart.TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    public static KnownDataset FashionMnist { get; } = new(
        "fashion-mnist",
        new Dictionary<IdxPart, string>
        {
            [IdxPart.TrainImages] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            [IdxPart.TrainLabels] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            [IdxPart.TestImages] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            [IdxPart.TestLabels] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]);

    public static IReadOnlyList<KnownDataset> All { get; } = [Mnist, FashionMnist];

    /// <summary>Returns the known file with a hash, or null.</summary>
    public static KnownFile? Find(string sha256) => All
        .SelectMany(dataset => dataset.Sha256.Where(pair => pair.Value == sha256).Select(pair => new KnownFile(dataset, pair.Key)))
        .FirstOrDefault();

    /// <summary>Identifies the files of a folder; a file that is missing or not readable is null.</summary>
    public static DatasetIdentity Identify(IReadOnlyDictionary<IdxPart, IdxArray?> parts)
    {
        var files = parts.ToDictionary(
            pair => pair.Key, pair => pair.Value is { } array && array.Data.Length <= MaxLength ? Find(array.Sha256) : null);
        var known = All.FirstOrDefault(dataset => IdxParts.All.All(part => files[part] == new KnownFile(dataset, part)));
        return new DatasetIdentity(files, known, FindInconsistency(files));
    }

    private static string? FindInconsistency(IReadOnlyDictionary<IdxPart, KnownFile?> files)
    {
        foreach (var part in IdxParts.All)
        {
            if (files[part] is { } file && file.Part != part)
                return $"{file} under the name {part.FileName()}";
        }

        var datasets = files.Values.OfType<KnownFile>().Select(file => file.Dataset.Name).Distinct().ToArray();
        if (datasets.Length < 2)
            return null;
        var origins = IdxParts.All.Where(part => files[part] is not null)
            .Select(part => $"{part.FileName()} of {files[part]!.Dataset.Name}");
        return $"a mixture of {string.Join(" and ", datasets)} ({string.Join(", ", origins)})";
    }
}
