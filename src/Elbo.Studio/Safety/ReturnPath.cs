using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>Addresses within the studio to which a browser is sent: never one of another host, never one with the token in it.</summary>
internal static class ReturnPath
{
    public const string Start = "/";
    private const int MaxLength = 2048;

    /// <summary>The address that was asked for, less the token.</summary>
    public static string WithoutToken(HttpRequest request)
    {
        var rest = (request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !IsToken(part));
        var query = string.Join('&', rest);
        return Checked(request.Path.ToUriComponent() + (query.Length > 0 ? "?" + query : "")) ?? Start;
    }

    /// <summary>The same text where it is an address within the studio, else null.</summary>
    public static string? Checked(string? path)
    {
        if (path is not ['/', ..] || path is [_, '/' or '\\', ..] || path.Length > MaxLength)
            return null;
        // Browsers read a backslash as a slash and leave tabs and line breaks out, so neither may come in.
        return path.All(symbol => symbol is > ' ' and <= '~' and not '\\') ? path : null;
    }

    private static bool IsToken(string part)
    {
        var name = Uri.UnescapeDataString(part.Split('=')[0].Replace('+', ' '));
        return string.Equals(name, AccessToken.Parameter, StringComparison.OrdinalIgnoreCase);
    }
}
