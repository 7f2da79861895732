using System.Globalization;

namespace Elbo.Studio;

/// <summary>
/// The two files with attributes in a folder of data: tables <c>attributes/train.csv</c> and <c>attributes/test.csv</c>, or those that
/// belong to the data (<see cref="Dataset.FromFolder"/>).
/// </summary>
/// <param name="Train">Those of the training examples.</param>
/// <param name="Test">Those of the test examples.</param>
/// <param name="IsPartOfData">Whether they are read with the data, and need not be named.</param>
internal sealed record AttributeTables(string Train, string Test, bool IsPartOfData)
{
    /// <summary>The subfolder with tables of attributes.</summary>
    public const string Folder = "attributes";

    private static readonly (string Train, string Test, bool IsPartOfData)[] Pairs =
    [
        (Path.Combine(Folder, "train.csv"), Path.Combine(Folder, "test.csv"), false),
        ("train-attributes.npy", "t10k-attributes.npy", true),
        ("train-attributes.npy", "test-attributes.npy", true),
    ];

    /// <summary>The files in a folder; null for none.</summary>
    public static AttributeTables? In(string folder) => Pairs
        .Select(pair => new AttributeTables(Path.Combine(folder, pair.Train), Path.Combine(folder, pair.Test), pair.IsPartOfData))
        .FirstOrDefault(pair => File.Exists(pair.Train) && File.Exists(pair.Test));

    /// <summary>The options of <c>elbo train</c> for some of the attributes, which are given by their positions.</summary>
    public IEnumerable<string> Options(IReadOnlyList<int> chosen, IReadOnlyList<string> names, Func<string, string> path)
    {
        if (IsPartOfData && chosen.Count == names.Count)
            return [];
        // An array has columns without names.
        var columns = chosen.Select(each => IsPartOfData ? each.ToString(CultureInfo.InvariantCulture) : names[each]);
        return
        [
            "--attributes", path(Train), "--test-attributes", path(Test),
            .. chosen.Count == names.Count ? (string[])[] : ["--attribute-columns", string.Join(',', columns)],
        ];
    }
}
