namespace Elbo.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        while (!File.Exists(System.IO.Path.Combine(folder, "Elbo.slnx")))
        {
            folder = Directory.GetParent(folder)?.FullName
                ?? throw new InvalidOperationException("The tests were not built inside a checkout: no Elbo.slnx above them.");
        }

        return folder;
    }
}
