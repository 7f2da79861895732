namespace Elbo.Cli.Tests;

/// <summary>The files in the folder of a sweep.</summary>
internal static class SweepFiles
{
    private static readonly string[] Clocked = ["run.json", "timings.csv", "training.lock"];

    /// <summary>The hexadecimal digits of each file by its path within the folder.</summary>
    public static SortedDictionary<string, string> Contents(string folder) => new(Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => Convert.ToHexString(File.ReadAllBytes(path))));

    /// <summary>Asserts the same bytes in all files, except those that contain times and those that say which worker did what.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var (left, right) = (WithoutTimes(expected), WithoutTimes(actual));
        Assert.Equal(left.Keys, right.Keys);
        Assert.All(left, file => Assert.True(right[file.Key] == file.Value, $"{file.Key} differs"));
    }

    private static SortedDictionary<string, string> WithoutTimes(string folder)
    {
        var contents = Contents(folder);
        foreach (var path in contents.Keys.Where(IsOfTheCourse).ToList())
            contents.Remove(path);
        return contents;
    }

    private static bool IsOfTheCourse(string path) =>
        Clocked.Contains(Path.GetFileName(path)) || path.Split(Path.DirectorySeparatorChar)[0] == "claims";
}
