namespace Elbo;

/// <summary>The part of a configuration about data.</summary>
public sealed record DataConfiguration
{
    /// <summary>A known dataset's name or a folder; null for data that a program passed to the library.</summary>
    public string? Source { get; init; } = "mnist";

    /// <summary>The number of training examples held out for validation; null for a number that follows from theirs.</summary>
    public int? Validation { get; init; }

    /// <summary>Whether and when grey values become zeros and ones.</summary>
    public Binarization Binarize { get; init; }

    /// <summary>A file with attributes of the training images, in place of those of the dataset's folder.</summary>
    public string? Attributes { get; init; }

    /// <summary>The same for the test images.</summary>
    public string? TestAttributes { get; init; }

    /// <summary>The columns of both that are taken; null for all.</summary>
    public IReadOnlyList<string>? AttributeColumns { get; init => field = value is null ? null : ValueList.Of(value); }

    /// <summary>Loads the data with the attributes named here.</summary>
    /// <param name="source">A known dataset's name or a folder, in place of <see cref="Source"/>.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InputException">The data is missing or corrupt, or the attributes do not fit it.</exception>
    /// <exception cref="SettingsException">The files of attributes are not complete.</exception>
    public Dataset Load(string source)
    {
        var dataset = Datasets.Load(source);
        if (Attributes is null && TestAttributes is null)
        {
            return AttributeColumns is null ? dataset : throw new SettingsException(
                "Columns of attributes were named, but no files of attributes: give them as Attributes and TestAttributes.");
        }

        if (Attributes is null || TestAttributes is null)
        {
            throw new SettingsException(
                $"Attributes were given for the {(Attributes is null ? "test" : "training")} images alone: give both Attributes and "
                + "TestAttributes.");
        }

        return dataset.WithAttributes(
            AttributeFile.Read(Attributes, AttributeColumns, dataset.Train.Count, dataset.Train.FileNames),
            AttributeFile.Read(TestAttributes, AttributeColumns, dataset.Test.Count, dataset.Test.FileNames));
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(DataConfiguration), PrintMembers);
}
