using System.ComponentModel;
using System.Diagnostics;

namespace Elbo.Tests;

/// <summary>Runs Python scripts that read or write files independently of this library. Without Python the test is skipped.</summary>
internal static class Python
{
    private static readonly string[] Programs = ["python3", "/usr/bin/python3"];

    /// <summary>Runs a script that requires some modules, and returns its output.</summary>
    public static string Run(string script, string[] modules, params string[] arguments)
    {
        var program = Programs.FirstOrDefault(candidate => CanImport(candidate, modules));
        Assert.SkipWhen(program is null, $"No python3 that can import {string.Join(", ", modules)} was found.");
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
