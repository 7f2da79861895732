using System.Net;
using System.Text.Json;

namespace Elbo.Studio;

/// <summary>
/// The answer to the printed address: it stores the connection key in the browser, for this origin alone, and opens the requested page.
/// </summary>
internal static class SignInPage
{
    /// <summary>The name under which the key is stored; start.js reads it.</summary>
    public const string StorageName = "elbo-studio-key";

    /// <summary>Writes the page.</summary>
    /// <param name="strings">The texts in the user's language.</param>
    /// <param name="nonce">The nonce of the content security policy.</param>
    /// <param name="key">The connection key.</param>
    /// <param name="target">The page to open, a path within the studio.</param>
    public static string Write(Strings strings, string nonce, AccessToken key, string target) => $$"""
        <!DOCTYPE html>
        <html lang="{{strings.Language}}">
        <head>
        <meta charset="utf-8">
        <meta name="color-scheme" content="light dark">
        <title>Elbo</title>
        <link rel="icon" href="data:,">
        <script nonce="{{nonce}}">
        try {
            localStorage.setItem({{Script(StorageName)}}, {{Script(key.Value)}});
        } catch {
            // Without storage the page itself says that it has no access.
        }
        location.replace({{Script(target)}});
        </script>
        </head>
        <body><noscript><p>{{WebUtility.HtmlEncode(strings["Shell.NoScript"])}}</p></noscript></body>
        </html>

        """;

    // The default encoder escapes everything that could end the script element.
    private static string Script(string text) => JsonSerializer.Serialize(text);
}
