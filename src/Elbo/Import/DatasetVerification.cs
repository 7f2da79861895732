using System.Security.Cryptography;

namespace Elbo;

/// <summary>
/// Verifies a folder as <see cref="Dataset.FromFolder"/> loads it; of the four files in the layout of MNIST, it reports on every one
/// instead of stopping at the first problem.
/// </summary>
public static class DatasetVerification
{
    /// <summary>Verifies a folder: which files are there, whether they can be read, and which dataset they are known as.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The report.</returns>
    /// <exception cref="InputException">The folder does not exist.</exception>
    public static DatasetReport Verify(string folder)
    {
        if (!Directory.Exists(GivenPath.Full(folder)))
            throw new InputException($"The folder {folder} does not exist: give a folder with IDX files or tables.");
        if (TableFolder.Exists(folder) && IdxParts.All.All(part => part.Find(folder) is null))
            return VerifyTables(folder);
        var arrays = new Dictionary<IdxPart, IdxArray?>();
        var problems = new Dictionary<IdxPart, string>();
        foreach (var part in IdxParts.All)
        {
            arrays[part] = null;
            try
            {
                arrays[part] = part.Find(folder) is { } path ? IdxFile.Read(path) : null;
            }
            catch (InputException exception)
            {
                problems[part] = exception.Message;
            }
        }

        var identity = KnownDatasets.Identify(arrays);
        DatasetFileReport[] files =
        [
            .. IdxParts.All.Select(part => new DatasetFileReport(
                part.FileName(),
                part.Find(folder),
                arrays[part]?.Sha256,
                arrays[part]?.ToString(),
                identity.Files[part]?.ToString(),
                problems.GetValueOrDefault(part))),
        ];
        var (dataset, problem) = problems.Count > 0 ? (null, problems.Values.First()) : TryAssemble(folder, arrays);
        return new DatasetReport(folder, files, identity.Known?.Name, problem, identity switch
        {
            { Inconsistency: { } inconsistency } => inconsistency,
            { Known: { } known } => known.Name,
            _ when dataset is null => problem!,
            _ => Describe(dataset, identity),
        });
    }

    private static DatasetReport VerifyTables(string folder)
    {
        var (dataset, problem) = TryLoad(() => TableFolder.Load(folder));
        var files = TableFolder.FilesIn(folder).Select(path => new DatasetFileReport(
            Path.GetFileName(path),
            path,
            InputFile.Read(path, stream => Convert.ToHexStringLower(SHA256.HashData(stream))),
            dataset is null ? null : $"{SplitOf(path).Count}x{dataset.Shape.Size}",
            Known: null,
            problem is not null && problem.StartsWith(path, StringComparison.Ordinal) ? problem : null));
        return new DatasetReport(folder, [.. files], null, problem, problem ?? Describe(dataset!)) { Notes = dataset?.Notes ?? [] };

        ExampleSet SplitOf(string path) =>
            Path.GetFileName(path).StartsWith("train", StringComparison.Ordinal) ? dataset!.Train : dataset!.Test;
    }

    private static (Dataset? Dataset, string? Problem) TryAssemble(string folder, IReadOnlyDictionary<IdxPart, IdxArray?> arrays) =>
        TryLoad(() => IdxFolder.Assemble(folder, arrays));

    private static (Dataset? Dataset, string? Problem) TryLoad(Func<Dataset> load)
    {
        try
        {
            return (load(), null);
        }
        catch (InputException exception)
        {
            return (null, exception.Message);
        }
    }

    private static string Describe(Dataset dataset, DatasetIdentity identity)
    {
        var description = Describe(dataset);
        var known = identity.Files.Values.OfType<KnownFile>().Select(file => file.ToString()).ToArray();
        return known.Length == 0 ? description : $"{description}, in part {string.Join(", ", known)}";
    }

    private static string Describe(Dataset dataset)
    {
        var what = dataset.Shape.Image is null ? $"rows of {dataset.Shape.Size} numbers" : $"images of {dataset.Shape}";
        return $"unknown (well-formed, {dataset.Train.Count} training and {dataset.Test.Count} test {what}, "
            + $"{(dataset.Train.HasLabels ? "with" : "without")} labels)";
    }
}
