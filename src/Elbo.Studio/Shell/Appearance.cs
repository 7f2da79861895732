namespace Elbo.Studio;

/// <summary>Light or dark, as chosen; as the system has it where nothing was chosen.</summary>
internal static class Appearance
{
    /// <summary>The name of the cookie in which the page's switch remembers the choice.</summary>
    public const string Cookie = "elbo-colours";

    public const string Light = "light";
    public const string Dark = "dark";

    /// <summary>Whether the choice is dark; null where there is none.</summary>
    public static bool? IsDark(string? choice) => choice switch
    {
        Light => false,
        Dark => true,
        _ => null,
    };
}
