namespace Elbo;

/// <summary>
/// Creates a dataset in the layout of MNIST from images; the last ones of a seeded permutation form the test split. The folder is created
/// atomically.
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
        var (train, test) = Split(source.Images, options);
        var dataset = new Dataset(NameOf(options.Output), train, test);
        cancellationToken.ThrowIfCancellationRequested();
        WriteFolder(options, dataset);
        return new ImportResult(dataset, source.IgnoredFiles);
    }

    private static ImportedImages ReadSource(ImportOptions options, CancellationToken cancellationToken)
    {
        var source = ReadImages(options.Source, cancellationToken);
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

    private static ImportedImages ReadImages(string source, CancellationToken cancellationToken)
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
            var (images, ignored) = PngFolder.Read(source, cancellationToken);
            return images.LabelCount <= MaxLabels
                ? new ImportedImages(images, ignored)
                : throw new InputException(
                    $"{source} holds {images.LabelCount} folders, but an IDX file holds at most {MaxLabels} labels: merge some.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{source} cannot be read: {exception.Message}", exception);
        }
    }

    private static (ExampleSet Train, ExampleSet Test) Split(ExampleSet images, ImportOptions options)
    {
        if (images.Count < 2)
            throw new InputException($"{options.Source} holds one image, but a dataset requires at least two: one for each split.");
        var testCount = (int)Math.Clamp(Math.Round(images.Count * options.TestFraction), 1, images.Count - 1);
        var order = new SplitMix64(options.Seed).Permutation(images.Count).AsSpan();
        return (images.Subset(order[..^testCount]), images.Subset(order[^testCount..]));
    }

    private static void EnsureNew(string output)
    {
        var folder = GivenPath.Full(output);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new SettingsException($"{output} already exists and is never overwritten: choose a new folder.");
    }

    private static void WriteFolder(ImportOptions options, Dataset dataset)
    {
        var folder = Path.TrimEndingDirectorySeparator(GivenPath.Full(options.Output));
        var temporary = $"{folder}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(temporary);
            WriteSplit(temporary, dataset.Train, IdxPart.TrainImages, IdxPart.TrainLabels);
            WriteSplit(temporary, dataset.Test, IdxPart.TestImages, IdxPart.TestLabels);
            if (dataset.LabelNames is { } names)
                AtomicFile.WriteText(Path.Combine(temporary, IdxFolder.LabelNamesFile), string.Join('\n', names) + "\n");
            AttributeFolder.Write(temporary, dataset);
            ExampleManifest.Write(temporary, dataset);
            AtomicFile.WriteText(Path.Combine(temporary, SourceFile), Json.Write(Describe(options, dataset)));
            // An empty folder is replaced; deleting one that has been filled in the meantime throws.
            if (Directory.Exists(folder))
                Directory.Delete(folder);
            Directory.Move(temporary, folder);
            FolderSync.Flush(Path.GetDirectoryName(folder)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{options.Output} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static void WriteSplit(string folder, ExampleSet images, IdxPart imagesPart, IdxPart labelsPart)
    {
        IdxFile.WriteImages(Path.Combine(folder, imagesPart.FileName() + ".gz"), images);
        if (images.HasLabels)
            IdxFile.WriteLabels(Path.Combine(folder, labelsPart.FileName() + ".gz"), images.Labels);
    }

    private static ImportDescription Describe(ImportOptions options, Dataset dataset) => new()
    {
        Source = options.Source,
        Labels = options.Labels,
        Attributes = options.Attributes,
        AttributeColumns = options.AttributeColumns,
        TestFraction = options.TestFraction,
        Seed = options.Seed,
        Shape = dataset.Shape,
        TrainImages = dataset.Train.Count,
        TestImages = dataset.Test.Count,
        TrainSha256 = dataset.Train.Sha256,
        TestSha256 = dataset.Test.Sha256,
    };

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
