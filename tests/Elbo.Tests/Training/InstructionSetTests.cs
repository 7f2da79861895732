using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Elbo.Tests;

/// <summary>The fused step with AVX-512 or AVX2 disabled, as on processors with vectors of 256 or 128 bits.</summary>
public partial class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task The_fused_step_is_right_without_an_instruction_set(string variable)
    {
        ProcessStartInfo start = new(
            Path.Combine(AppContext.BaseDirectory, "Elbo.Tests"),
            ["-class", $"*.{nameof(FusedPathTests)}", "-class", $"*.{nameof(VectorProductTests)}", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [variable] = "0" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.True(int.Parse(Total().Match(output).Groups[1].Value, null) > 5, output);
    }

    [GeneratedRegex(@"Total: (\d+)")]
    private static partial Regex Total();
}
