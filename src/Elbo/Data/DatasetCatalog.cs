namespace Elbo;

/// <summary>Finds a dataset by what stands behind <c>--data</c>: a name, or a folder.</summary>
internal static class DatasetCatalog
{
    /// <summary>The names that can be given; every other text is a folder.</summary>
    public static IReadOnlyList<string> Names { get; } = [KnownDatasets.Mnist.Name];

    /// <summary>Loads a dataset.</summary>
    /// <param name="nameOrFolder">One of <see cref="Names"/>, or a folder with IDX files.</param>
    /// <exception cref="DataException">There is neither such a name nor such a folder, or the data cannot be used.</exception>
    /// <exception cref="ConfigurationException">The text is empty.</exception>
    public static Dataset Load(string nameOrFolder)
    {
        if (nameOrFolder == KnownDatasets.Mnist.Name)
            return Mnist.Load();
        if (Directory.Exists(GivenPath.Full(nameOrFolder)))
            return IdxFolder.Load(nameOrFolder);
        throw new DataException($"There is no dataset or folder '{nameOrFolder}': give a name ({string.Join(", ", Names)}), or a folder "
            + "with IDX files.");
    }
}
