namespace Elbo;

/// <summary>Paths as a user gives them.</summary>
internal static class GivenPath
{
    /// <summary>The path from the root on.</summary>
    /// <exception cref="ConfigurationException">It is empty, or holds a character that no path can have.</exception>
    public static string Full(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException exception)
        {
            throw new ConfigurationException(
                path.Length == 0
                    ? "The name of a file or folder is empty: give one that is not."
                    : "The name of a file or folder holds a character that none can have: give another.",
                exception);
        }
    }
}
