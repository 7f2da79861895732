namespace Elbo.Studio;

/// <summary>The light or dark theme: the user's choice, or that of the system if nothing was chosen.</summary>
internal static class Appearance
{
    /// <summary>The name of the cookie that stores the choice.</summary>
    public const string Cookie = "elbo-colours";

    public const string Light = "light";
    public const string Dark = "dark";

    /// <summary>Whether the choice is dark; null if nothing was chosen.</summary>
    public static bool? IsDark(string? choice) => choice switch
    {
        Light => false,
        Dark => true,
        _ => null,
    };
}
