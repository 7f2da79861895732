namespace Elbo;

/// <summary>
/// The datasets by name: what <c>--data</c> and configurations take, without case, besides folders. The methods may be called from any
/// thread.
/// </summary>
public static class Datasets
{
    /// <summary><see cref="Elbo.Mnist"/>, which is bundled.</summary>
    public const string Mnist = "mnist";

    private static readonly Registry<Func<Dataset>> Registry = new("dataset")
    {
        [Mnist] = () => Elbo.Mnist.Load(),
    };

    /// <summary>All names, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Registers a dataset of your own, once, before the first configuration that names it is used.</summary>
    /// <param name="name">Its name: letters, digits and hyphens.</param>
    /// <param name="load">Loads it, each time to the same examples; it is called whenever the data is needed, on any thread.</param>
    /// <exception cref="ArgumentException">The name is taken or not possible.</exception>
    public static void Register(string name, Func<Dataset> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        Registry.Register(name, load);
    }

    /// <summary>Loads a dataset.</summary>
    /// <param name="nameOrFolder">
    /// One of <see cref="Names"/>, or a folder as for <see cref="Dataset.FromFolder"/>. A name comes first.
    /// </param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InputException">The name and the folder do not exist, or the data is not usable.</exception>
    /// <exception cref="SettingsException">The value is empty.</exception>
    public static Dataset Load(string nameOrFolder)
    {
        if (FindName(nameOrFolder) is { } name)
            return Registry.Find(name)();
        if (Directory.Exists(GivenPath.Full(nameOrFolder)))
            return Dataset.FromFolder(nameOrFolder);
        if (File.Exists(nameOrFolder))
        {
            throw new InputException($"{nameOrFolder} is a file where a folder is expected: put a table into a folder as train.csv and "
                + "test.csv, or train.npy and test.npy, and give that folder.");
        }

        throw new InputException($"No dataset or folder '{nameOrFolder}' exists: give a name ({string.Join(", ", Names)}), or a folder "
            + "with IDX files or tables.");
    }

    /// <summary>The name as it was registered, of one that may differ in case; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The registered name.</returns>
    public static string? FindName(string name) => Registry.Entries.ContainsKey(name) ? Registry.NameOf(name) : null;
}
