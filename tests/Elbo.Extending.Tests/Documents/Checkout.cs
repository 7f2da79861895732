namespace Extending;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Elbo.slnx")))
        {
            folder = Directory.GetParent(folder)?.FullName
                ?? throw new InvalidOperationException("The tests were not built inside a checkout: no Elbo.slnx above them.");
        }

        return folder;
    }
}
