using System.Globalization;

namespace Elbo.Fuzzing;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions(long Cases, ulong Seed, string? Format, double Seconds)
{
    public static FuzzOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions(20_000, 1, null, 5);
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            var value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--cases" => options with { Cases = long.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--format" => options with { Format = value },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                var other => throw new ArgumentException($"There is no option '{other}'."),
            };
        }

        return arguments.Count % 2 == 0 ? options : throw new ArgumentException($"'{arguments[^1]}' has no value.");
    }
}
