namespace Elbo;

/// <summary>A published dataset that is recognised by the SHA-256 hashes of its four uncompressed files.</summary>
/// <param name="Name">The name on the command line and in runs.</param>
/// <param name="Sha256">The hash of each uncompressed file, in lower-case hexadecimal.</param>
/// <param name="LabelNames">The names of its labels.</param>
internal sealed record KnownDataset(string Name, IReadOnlyDictionary<IdxPart, string> Sha256, IReadOnlyList<string> LabelNames);

/// <summary>One file of a known dataset.</summary>
internal sealed record KnownFile(KnownDataset Dataset, IdxPart Part)
{
    public override string ToString() => $"{Dataset.Name} {Part.FileName()}";
}

/// <summary>The known files and the known dataset in a folder, identified by file content.</summary>
/// <param name="Files">The known file that each file of the folder is identical to; null if unknown.</param>
/// <param name="Known">The known dataset if all four files belong to it under their own names; null otherwise.</param>
/// <param name="Inconsistency">
/// A description of inconsistent files: files of two known datasets, or a known file under the name of another. Null otherwise.
/// </param>
internal sealed record DatasetIdentity(IReadOnlyDictionary<IdxPart, KnownFile?> Files, KnownDataset? Known, string? Inconsistency);
