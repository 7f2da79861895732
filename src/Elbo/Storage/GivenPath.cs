namespace Elbo;

/// <summary>Resolves paths given by the user.</summary>
internal static class GivenPath
{
    /// <summary>Returns the absolute path.</summary>
    /// <exception cref="SettingsException">The path is empty, or contains an invalid character.</exception>
    public static string Full(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException exception)
        {
            throw new SettingsException(
                path.Length == 0
                    ? "The name of a file or folder is empty: give a name."
                    : "The name of a file or folder contains an invalid character: give another name.",
                exception);
        }
    }
}
