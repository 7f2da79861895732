namespace Elbo.Packages.Tests;

/// <summary>A program in a folder outside of this repository, with the name of the folder.</summary>
internal static class StrangersProgram
{
    public static async Task<string> BuildAndRun(string folder, IEnumerable<string>? arguments = null, params string[] options)
    {
        await Build(folder, options);
        return await DotNet.Run(FileOf(folder), folder, arguments ?? []);
    }

    public static Task Build(string folder, params string[] options) => DotNet.Run(
        folder, ["build", "-c", DotNet.Configuration, "-v", "quiet", "-nologo", "-p:UseSharedCompilation=false", .. options]);

    /// <summary>The program that was built.</summary>
    public static string FileOf(string folder) =>
        Path.Combine(folder, "bin", DotNet.Configuration, "net10.0", Path.GetFileName(folder));
}
