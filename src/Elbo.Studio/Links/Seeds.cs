namespace Elbo.Studio;

/// <summary>The seeds that URLs can contain: short enough to read aloud, and enough of them for repeated sampling.</summary>
internal static class Seeds
{
    public const int Max = 999_999;

    public static int Parse(string? text) => Address.Integer(text, 0, 0, Max);

    /// <summary>The seed that follows another: sampling again uses the next seed, so that the URL identifies the samples.</summary>
    public static int Next(int seed) => (seed + 1) % (Max + 1);
}
