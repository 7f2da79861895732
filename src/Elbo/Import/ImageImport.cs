using System.Text.Json;

namespace Elbo;

/// <summary>
/// Creates a dataset in the layout of MNIST from images; the last ones of a seeded permutation form the test split, unless the images come
/// in folders <c>train</c> and <c>test</c>. The folder is created atomically.
/// </summary>
public static class ImageImport
{
    private const string SourceFile = "source.json";
    private const int MaxLabels = byte.MaxValue + 1;

    /// <summary>Imports images into a new folder, from which <see cref="Dataset.FromFolder"/> loads the dataset.</summary>
    /// <param name="options">What is imported, where to and how it is split.</param>
    /// <param name="cancellationToken">Ends the import; nothing is then left of it.</param>
    /// <returns>The dataset, and the number of files that were not images.</returns>
    /// <exception cref="EnvironmentException">The folder cannot be written.</exception>
    /// <exception cref="SettingsException">The output exists and is not empty, or the options are invalid.</exception>
    /// <exception cref="InputException">
    /// The source is missing or corrupt, or its images do not match each other or their labels.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImportResult Import(ImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.TestFraction is > 0 and < 1))
            throw new SettingsException(
                $"{options.TestFraction} is not a valid fraction for the test split: choose a number between 0 and 1.");
        EnsureNew(options.Output);
        var source = AddAttributes(ReadSource(options, cancellationToken), options);
        var (train, test) = Split(source, options);
        var dataset = new Dataset(NameOf(options.Output), train, test);
        cancellationToken.ThrowIfCancellationRequested();
        WriteFolder(options, source, dataset);
        return new ImportResult(dataset, source.Pictures?.IgnoredFiles ?? 0) { Notes = NotesOf(source) };
    }

    private const long MaxSourceFile = 1 << 20;

    /// <summary>How the pictures of an imported folder became images; null for another folder, or one of an older import.</summary>
    /// <param name="folder">A folder, or anything else that data can be named by.</param>
    /// <returns>The options, with the sample maximum that was used.</returns>
    /// <exception cref="InputException">The description of the import is corrupt.</exception>
    public static PictureOptions? ReadPictureOptions(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, SourceFile);
        if (!File.Exists(path))
            return null;
        try
        {
            using var document = InputFile.Read(path, stream => stream.Length <= MaxSourceFile
                ? JsonDocument.Parse(stream)
                : throw new InputException($"{path} is too long for the description of an import: restore it, or import again."));
            var root = document.RootElement;
            var options = new PictureOptions
            {
                Background = Text("background"),
                Resize = Text("resize") is { } size ? PictureSize.Parse(size) : null,
                Crop = root.TryGetProperty("crop", out var crop) && crop.ValueKind == JsonValueKind.True,
                SampleMaximum = root.TryGetProperty("sampleMaximum", out var maximum) && maximum.ValueKind == JsonValueKind.Number
                    ? maximum.GetInt32()
                    : null,
            };
            options.Validate();
            return options;

            string? Text(string name) =>
                root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or SettingsException)
        {
            throw new InputException(
                $"{path} does not say how the pictures of the training were prepared: restore it, or import the pictures again.",
                exception);
        }
    }

    private static ImportedImages ReadSource(ImportOptions options, CancellationToken cancellationToken)
    {
        var source = ReadImages(options.Source, options.Pictures, cancellationToken);
        if (options.Labels is null)
            return source;
        if (source.Images.HasLabels)
            throw new SettingsException(
                $"The labels of {options.Source} are given by its folders: omit the label file {options.Labels}.");
        return source with { Images = LabelTable.AddTo(source.Images, options.Labels, options.Source) };
    }

    private static ImportedImages AddAttributes(ImportedImages source, ImportOptions options)
    {
        if (options.Attributes is { } path)
        {
            var attributes = AttributeFile.Read(path, options.AttributeColumns, source.Images.Count, source.Images.FileNames);
            return source with { Images = source.Images.WithAttributes(attributes) };
        }

        return options.AttributeColumns is null
            ? source
            : throw new SettingsException(
                "Attribute columns were given without an attribute file: give the file as well, or omit the columns.");
    }

    private static ImportedImages ReadImages(string source, PictureOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase) || TableFolder.Exists(source))
            {
                throw new InputException($"{source} is a table, which needs no import: train with a folder of train.csv and test.csv, "
                    + "or of train.npy and test.npy.");
            }

            if (!Directory.Exists(source))
                return new ImportedImages(NpyImages.Read(source));
            var pictures = PictureFolder.Read(source, options, cancellationToken);
            return pictures.Images.LabelCount <= MaxLabels
                ? new ImportedImages(pictures.Images, pictures)
                : throw new InputException(
                    $"{source} holds {pictures.Images.LabelCount} folders, but an IDX file holds at most {MaxLabels} labels: merge some.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{source} cannot be read: {exception.Message}", exception);
        }
    }

    private static (ExampleSet Train, ExampleSet Test) Split(ImportedImages source, ImportOptions options)
    {
        var images = source.Images;
        if (images.Count < 2)
            throw new InputException($"{options.Source} holds one image, but a dataset requires at least two: one for each split.");
        if (source.Pictures?.IsTest is { } isTest)
        {
            return options.TestFraction == ImportOptions.DefaultTestFraction
                ? (images.Subset(RowsWhere(isTest, false)), images.Subset(RowsWhere(isTest, true)))
                : throw new SettingsException($"The splits of {options.Source} are given by its folders: omit TestFraction.");
        }

        var testCount = (int)Math.Clamp(Math.Round(images.Count * options.TestFraction), 1, images.Count - 1);
        var order = new SplitMix64(options.Seed).Permutation(images.Count).AsSpan();
        return (images.Subset(order[..^testCount]), images.Subset(order[^testCount..]));
    }

    private static int[] RowsWhere(IReadOnlyList<bool> isTest, bool wanted) =>
        [.. Enumerable.Range(0, isTest.Count).Where(row => isTest[row] == wanted)];

    private static List<string> NotesOf(ImportedImages source)
    {
        var notes = new List<string>();
        if (source.Pictures?.Splits is { } splits)
            notes.Add(splits);
        if (source.Pictures?.SampleMaximum is { } maximum)
            notes.Add($"Samples of 16 bits are divided by {maximum}, which is white.");
        return notes;
    }

    private static void EnsureNew(string output)
    {
        var folder = GivenPath.Full(output);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new SettingsException($"{output} already exists and is never overwritten: choose a new folder.");
    }

    private static void WriteFolder(ImportOptions options, ImportedImages source, Dataset dataset)
    {
        try
        {
            using var staged = StagedFolder.CreateLocked(options.Output, "a dataset");
            WriteSplit(staged.Path, dataset.Train, IdxPart.TrainImages, IdxPart.TrainLabels);
            WriteSplit(staged.Path, dataset.Test, IdxPart.TestImages, IdxPart.TestLabels);
            if (dataset.LabelNames is { } names)
                AtomicFile.WriteText(Path.Combine(staged.Path, IdxFolder.LabelNamesFile), string.Join('\n', names) + "\n");
            AttributeFolder.Write(staged.Path, dataset);
            ExampleManifest.Write(staged.Path, dataset);
            AtomicFile.WriteText(Path.Combine(staged.Path, SourceFile), Json.Write(Describe(options, source, dataset)));
            staged.Publish(SourceFile, "a dataset");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{options.Output} cannot be written: {exception.Message}", exception);
        }
    }

    private static void WriteSplit(string folder, ExampleSet images, IdxPart imagesPart, IdxPart labelsPart)
    {
        IdxFile.WriteImages(Path.Combine(folder, imagesPart.FileName() + ".gz"), images);
        if (images.HasLabels)
            IdxFile.WriteLabels(Path.Combine(folder, labelsPart.FileName() + ".gz"), images.Labels);
    }

    private static ImportDescription Describe(ImportOptions options, ImportedImages source, Dataset dataset) => new()
    {
        Source = options.Source,
        Labels = options.Labels,
        Attributes = options.Attributes,
        AttributeColumns = options.AttributeColumns,
        Background = options.Pictures.Background,
        Resize = options.Pictures.Resize?.ToString(),
        Crop = options.Pictures.Crop,
        SampleMaximum = source.Pictures?.SampleMaximum,
        TestFraction = source.Pictures?.IsTest is null ? options.TestFraction : null,
        Seed = source.Pictures?.IsTest is null ? options.Seed : null,
        Shape = dataset.Shape,
        TrainImages = dataset.Train.Count,
        TestImages = dataset.Test.Count,
        TrainSha256 = dataset.Train.Sha256,
        TestSha256 = dataset.Test.Sha256,
    };

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
