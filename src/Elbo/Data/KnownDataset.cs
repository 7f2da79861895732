namespace Elbo;

/// <summary>A published dataset that is recognised by the SHA-256 of its four raw files.</summary>
/// <param name="Name">Its name on the command line and in runs.</param>
/// <param name="Sha256">The hash of each file as it is unpacked, in lower-case hexadecimal.</param>
/// <param name="LabelNames">What its labels stand for.</param>
internal sealed record KnownDataset(string Name, IReadOnlyDictionary<IdxPart, string> Sha256, IReadOnlyList<string> LabelNames);

/// <summary>One file of a known dataset.</summary>
internal sealed record KnownFile(KnownDataset Dataset, IdxPart Part)
{
    public override string ToString() => $"{Dataset.Name} {Part.FileName()}";
}

/// <summary>What the content of a folder's files says about the folder.</summary>
/// <param name="Files">The known file that each file of the folder is; null where it is none.</param>
/// <param name="Known">The dataset of which all files are, each under its own name; null otherwise.</param>
/// <param name="Contradiction">
/// What cannot be right, as in "it holds ...": files of two known datasets, or a known file under the name of another. Null otherwise.
/// </param>
internal sealed record DatasetIdentity(IReadOnlyDictionary<IdxPart, KnownFile?> Files, KnownDataset? Known, string? Contradiction);
