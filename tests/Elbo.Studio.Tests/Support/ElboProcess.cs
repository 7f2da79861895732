using System.Diagnostics;

namespace Elbo.Studio.Tests;

/// <summary>The program <c>elbo</c>, run with the arguments of a command that a page shows.</summary>
internal static class ElboProcess
{
    /// <summary>Runs it through a shell, as a user would who pastes the command.</summary>
    /// <param name="arguments">The arguments as a shell reads them.</param>
    public static async Task Run(string arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"\"$0\" {arguments}", Path.Combine(AppContext.BaseDirectory, "elbo")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{arguments}: {errors}");
    }
}
