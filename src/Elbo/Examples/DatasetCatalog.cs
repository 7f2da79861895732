namespace Elbo;

/// <summary>Loads the dataset given by <c>--data</c>: a name or a folder.</summary>
internal static class DatasetCatalog
{
    /// <summary>The dataset names; every other value is a folder.</summary>
    public static IReadOnlyList<string> Names { get; } = [KnownDatasets.Mnist.Name];

    /// <summary>Loads a dataset.</summary>
    /// <param name="nameOrFolder">One of <see cref="Names"/>, or a folder with IDX files.</param>
    /// <exception cref="InputException">The name and the folder do not exist, or the data is not usable.</exception>
    /// <exception cref="SettingsException">The value is empty.</exception>
    public static Dataset Load(string nameOrFolder)
    {
        if (nameOrFolder == KnownDatasets.Mnist.Name)
            return Mnist.Load();
        if (Directory.Exists(GivenPath.Full(nameOrFolder)))
            return IdxFolder.Load(nameOrFolder);
        throw new InputException($"No dataset or folder '{nameOrFolder}' exists: give a name ({string.Join(", ", Names)}), or a folder "
            + "with IDX files.");
    }
}
