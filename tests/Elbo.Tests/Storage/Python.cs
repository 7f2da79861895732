using System.ComponentModel;
using System.Diagnostics;

namespace Elbo.Tests;

/// <summary>Runs a script in Python, as another program's view of our files. Without one, the test is skipped and says so.</summary>
internal static class Python
{
    private static readonly string[] Programs = ["python3", "/usr/bin/python3"];

    /// <summary>Runs a script that needs some modules, and answers what it prints.</summary>
    public static string Run(string script, string[] modules, params string[] arguments)
    {
        var program = Programs.FirstOrDefault(candidate => CanImport(candidate, modules));
        Assert.SkipWhen(program is null, $"There is no python3 that can import {string.Join(", ", modules)}.");
        var (exitCode, output, error) = Start(program!, ["-c", script, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output.ReplaceLineEndings("\n");
    }

    private static bool CanImport(string program, string[] modules)
    {
        try
        {
            return Start(program, ["-c", $"import {string.Join(", ", modules)}"]).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output, string Error) Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
