using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>Redirect targets: always a path within the studio, never another host, and without the token.</summary>
internal static class ReturnPath
{
    public const string Start = "/";
    private const int MaxLength = 2048;

    /// <summary>The requested path and query without the token.</summary>
    public static string WithoutToken(HttpRequest request)
    {
        var rest = (request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !IsToken(part));
        var query = string.Join('&', rest);
        return Checked(request.Path.ToUriComponent() + (query.Length > 0 ? "?" + query : "")) ?? Start;
    }

    /// <summary>The path if it is within the studio, else null.</summary>
    public static string? Checked(string? path)
    {
        if (path is not ['/', ..] || path is [_, '/' or '\\', ..] || path.Length > MaxLength)
            return null;
        // Browsers treat a backslash as a slash and ignore tabs and line breaks, so none of them is allowed.
        return path.All(symbol => symbol is > ' ' and <= '~' and not '\\') ? path : null;
    }

    private static bool IsToken(string part)
    {
        var name = Uri.UnescapeDataString(part.Split('=')[0].Replace('+', ' '));
        return string.Equals(name, AccessToken.Parameter, StringComparison.OrdinalIgnoreCase);
    }
}
