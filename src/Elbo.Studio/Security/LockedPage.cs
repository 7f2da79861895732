using System.Net;

namespace Elbo.Studio;

/// <summary>
/// The page that a browser without the cookie is shown. It loads no other file, because a request for one would be refused.
/// </summary>
internal static class LockedPage
{
    public static string Write(Strings strings, int port, bool hasReturnPath) => $"""
        <!DOCTYPE html>
        <html lang="{strings.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Html(strings["Locked.Title"])}</title>
        <link rel="icon" href="data:,">
        <style>
        :root {"{"} color-scheme: light dark; {"}"}
        body {"{"} font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto; padding: 0 1rem; {"}"}
        code {"{"} overflow-wrap: anywhere; {"}"}
        </style>
        </head>
        <body>
        <main>
        <h1>{Html(strings["Locked.Title"])}</h1>
        <p>{Html(strings["Locked.WhatToOpen"])}</p>
        <p><code>http://localhost:{port}/?{AccessToken.Parameter}=…</code></p>
        <p>{Html(strings[hasReturnPath ? "Locked.Returns" : "Locked.Once"])}</p>
        </main>
        </body>
        </html>

        """;

    public static string WriteRefresh(string path) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="0; url={Html(path)}">
        <title>Elbo</title>
        <link rel="icon" href="data:,">
        </head>
        <body><p><a href="{Html(path)}">Elbo</a></p></body>
        </html>

        """;

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
