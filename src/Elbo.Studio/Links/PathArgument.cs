namespace Elbo.Studio;

/// <summary>Paths as arguments of the commands that pages show, relative to the folder in which the studio was started.</summary>
internal static class PathArgument
{
    /// <summary>The argument, not quoted: a path, never an option or a file with arguments.</summary>
    public static string Of(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative is ['-' or '@', ..] ? Path.Combine(".", relative) : relative;
    }
}
