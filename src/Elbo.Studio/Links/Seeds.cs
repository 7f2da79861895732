namespace Elbo.Studio;

/// <summary>The seeds that addresses can hold: few enough to be read out, many enough to draw again for long.</summary>
internal static class Seeds
{
    public const int Max = 999_999;

    public static int Parse(string? text) => Address.Whole(text, 0, 0, Max);

    /// <summary>The seed after one: drawing again walks through them, so that the address says which page it is.</summary>
    public static int Next(int seed) => (seed + 1) % (Max + 1);
}
