namespace Elbo.StudioBenchmark;

/// <summary>The checkout that the program was built in.</summary>
internal static class Checkout
{
    /// <summary>Its root folder.</summary>
    /// <exception cref="InvalidOperationException">The program was not built inside a checkout.</exception>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Elbo.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The program was not built inside a checkout: choose a folder with --out.");
    }

    /// <summary>The folder of the results of this machine.</summary>
    public static string ResultsFolder() => Path.Combine(Root(), "benchmarks", "results", Benchmarks.Machine.FolderName());
}
