namespace Elbo;

/// <summary>
/// Verifies a folder in the layout of MNIST as <see cref="Dataset.FromFolder"/> loads it, but reports on every file instead of stopping at the first problem.
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
            throw new InputException($"The folder {folder} does not exist: give a folder with IDX files in the layout of MNIST.");
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

    private static (Dataset? Dataset, string? Problem) TryAssemble(string folder, IReadOnlyDictionary<IdxPart, IdxArray?> arrays)
    {
        try
        {
            return (IdxFolder.Assemble(folder, arrays), null);
        }
        catch (InputException exception)
        {
            return (null, exception.Message);
        }
    }

    private static string Describe(Dataset dataset, DatasetIdentity identity)
    {
        var description = $"unknown (well-formed, {dataset.Train.Count} training and {dataset.Test.Count} test images of {dataset.Shape}, "
            + $"{(dataset.Train.HasLabels ? "with" : "without")} labels)";
        var known = identity.Files.Values.OfType<KnownFile>().Select(file => file.ToString()).ToArray();
        return known.Length == 0 ? description : $"{description}, in part {string.Join(", ", known)}";
    }
}
