namespace Elbo;

/// <summary>
/// The pictures of a folder: directly in it; in one subfolder per label; or in folders <c>train</c> and <c>test</c> of either. Everything
/// is in natural order.
/// </summary>
internal sealed class PictureFolderLayout
{
    private const string Layouts = "a folder of pictures, of a folder for each label, or of folders train and test of either";

    private static readonly string[] TrainNames = ["train", "training"];
    private static readonly string[] TestNames = ["test", "testing"];
    private static readonly string[] ValidationNames = ["val", "valid", "validation"];

    private readonly string _folder;
    private readonly List<(string Path, string? Label, bool IsTest)> _pictures = [];

    private PictureFolderLayout(string folder) => _folder = folder;

    /// <summary>The paths of the pictures.</summary>
    public IReadOnlyList<string> Paths => [.. _pictures.Select(picture => picture.Path)];

    /// <summary>The same relative to the folder, with slashes.</summary>
    public IReadOnlyList<string> Names =>
        [.. _pictures.Select(picture => Path.GetRelativePath(_folder, picture.Path).Replace(Path.DirectorySeparatorChar, '/'))];

    /// <summary>The names of the labels, in natural order; null without labels.</summary>
    public IReadOnlyList<string>? LabelNames { get; private set; }

    /// <summary>The label of each picture; empty without labels.</summary>
    public int[] Labels { get; private set; } = [];

    /// <summary>Whether each picture belongs to the test split; null where the folder has no splits.</summary>
    public IReadOnlyList<bool>? IsTest { get; private set; }

    /// <summary>Which folders are which split, in one sentence; null where the folder has no splits.</summary>
    public string? Splits { get; private set; }

    /// <summary>The number of other files.</summary>
    public int IgnoredFiles { get; private set; }

    /// <exception cref="InputException">The folder does not exist or has another layout.</exception>
    public static PictureFolderLayout Read(string folder)
    {
        var layout = new PictureFolderLayout(folder);
        string[] subfolders = FoldersOf(folder);
        if (subfolders.Length > 0 && FindSplits(subfolders) is { } splits)
            layout.AddSplits(splits.Train, splits.Test);
        else if (!layout.AddFolder(folder, isTest: false))
            throw new InputException($"{folder} holds no pictures ({PictureFiles.Formats}): give {Layouts}.");
        layout.Finish();
        return layout;
    }

    private static (string[] Train, string[] Test)? FindSplits(string[] subfolders)
    {
        string[] Of(string[] names) =>
            [.. subfolders.Where(path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))];
        var (train, test, validation) = (Of(TrainNames), Of(TestNames), Of(ValidationNames));
        var isSplit = train.Length == 1 && test.Length + validation.Length > 0
            && train.Length + test.Length + validation.Length == subfolders.Length;
        return !isSplit ? null : test.Length == 0 ? (train, validation) : ([.. train, .. validation], test);
    }

    private void AddSplits(string[] train, string[] test)
    {
        foreach (var (folders, isTest) in new[] { (train, false), (test, true) })
        {
            foreach (var folder in folders)
            {
                if (!AddFolder(folder, isTest))
                    throw new InputException($"{folder} is the folder of a split, but holds no pictures: add some, or remove the folder.");
            }
        }

        IgnoredFiles += OthersOf(_folder);
        if (PicturesOf(_folder).FirstOrDefault() is { } stray)
            throw new InputException($"{stray} lies beside the folders of the splits: move it into one of them.");
        IsTest = [.. _pictures.Select(picture => picture.IsTest)];
        Splits = $"The splits are those of the folders: {NamesOf(train)} for training, {NamesOf(test)} for the test."
            + (train.Length > 1 ? " A training takes its validation images from the training split at random." : "");
    }

    private static string NamesOf(string[] folders) => string.Join(" and ", folders.Select(Path.GetFileName));

    /// <summary>Adds the pictures in a folder or in its folders of labels; false if there are none at all.</summary>
    private bool AddFolder(string folder, bool isTest)
    {
        var (direct, subfolders) = (PicturesOf(folder), FoldersOf(folder));
        IgnoredFiles += OthersOf(folder);
        if (direct.Length > 0 && subfolders.Length > 0)
        {
            throw new InputException($"{folder} holds both pictures and folders (such as {Path.GetFileName(subfolders[0])}): move every "
                + $"picture into the folder of its label, or the folders elsewhere; a source is {Layouts}.");
        }

        foreach (var path in direct)
            _pictures.Add((path, null, isTest));
        if (subfolders.Length > 0 && subfolders.Sum(CountWithin) == 0)
            return false;
        foreach (var subfolder in subfolders)
            AddLabel(subfolder, isTest);
        return direct.Length + subfolders.Length > 0;
    }

    private void AddLabel(string folder, bool isTest)
    {
        if (FoldersOf(folder).FirstOrDefault() is { } nested)
        {
            var count = CountWithin(nested);
            throw new InputException($"{nested} is a folder within the folder of a label and holds "
                + (count == 0 ? "no pictures: remove it." : $"{count} pictures, which would be left out: move them one level up, or import "
                    + $"{folder} by itself. A source is {Layouts}."));
        }

        var own = PicturesOf(folder);
        if (own.Length == 0)
            throw new InputException($"{folder} is the folder of a label but holds no pictures ({PictureFiles.Formats}): remove it.");
        var label = Path.GetFileName(folder);
        if (label.Any(char.IsControl))
            throw new InputException($"The name of the folder '{label}', which is a label name, has a control character: rename it.");
        foreach (var path in own)
            _pictures.Add((path, label, isTest));
        IgnoredFiles += OthersOf(folder);
    }

    private void Finish()
    {
        var labelled = _pictures.Count(picture => picture.Label is not null);
        if (labelled > 0 && labelled < _pictures.Count)
            throw new InputException($"Only some of the splits of {_folder} have a folder for each label: give every split them, or none.");
        if (labelled == 0)
            return;
        LabelNames = [.. _pictures.Select(picture => picture.Label!).Distinct().Order(NaturalOrder.Instance)];
        var numbers = LabelNames.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        Labels = [.. _pictures.Select(picture => numbers[picture.Label!])];
    }

    private static int CountWithin(string folder) => PicturesOf(folder).Length + FoldersOf(folder).Sum(CountWithin);

    private static string[] FoldersOf(string folder) =>
        [.. Directory.GetDirectories(folder).Where(path => !IsHidden(path)).Order(NaturalOrder.Instance)];

    private static string[] PicturesOf(string folder) => [.. FilesOf(folder).Where(PictureFiles.IsPicture).Order(NaturalOrder.Instance)];

    private static int OthersOf(string folder) => FilesOf(folder).Count(path => !PictureFiles.IsPicture(path));

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder).Where(path => !IsHidden(path));

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
