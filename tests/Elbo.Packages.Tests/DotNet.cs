using System.Diagnostics;

namespace Elbo.Packages.Tests;

/// <summary>Runs the .NET command line, or a program, in a folder.</summary>
internal static class DotNet
{
    /// <summary>The configuration in which the tests were built: the packages are made of the same.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Returns what the command wrote; the test fails where the command does.</summary>
    public static Task<string> Run(string folder, params string[] arguments) => Run("dotnet", folder, arguments);

    /// <summary>The same of a program.</summary>
    public static async Task<string> Run(string program, string folder, IEnumerable<string> arguments, int exitCode = 0)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The programs run beside each other, and beside builds: threads that wait for each other would take most of the time.
        start.Environment["OMP_NUM_THREADS"] = "1";
        // Nothing goes on in the background after the command, and a stranger's restore is not that of this repository's CI.
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment.Remove("CI");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == exitCode, $"{program} {string.Join(' ', start.ArgumentList)}:\n{await output}{await errors}");
        return await output + await errors;
    }
}
