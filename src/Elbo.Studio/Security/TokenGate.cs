using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>
/// Requires the token once, in the URL; from then on a cookie, and for the connection of a page the key in the browser's storage as well.
/// Opening a link without access shows which URL to open first; afterwards the browser is sent to that link.
/// </summary>
internal sealed class TokenGate(AccessSecrets secrets, int port)
{
    private const string Html = "text/html; charset=utf-8";

    // Browsers share cookies between ports, so the cookie's name contains the port.
    private readonly string _cookie = $"elbo-studio-{port}";
    private readonly string _returnCookie = $"elbo-studio-return-{port}";

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var hasCookie = secrets.Cookie.Matches(request.Cookies[_cookie]);
        var isReadOnly = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;
        if (isReadOnly && request.Query.ContainsKey(AccessToken.Parameter))
        {
            if (HasToken(request))
                return SignIn(context);
            // The token of an earlier start. The cookie alone never leads to the key.
            if (hasCookie)
                return Redirect(context, ReturnPath.WithoutToken(request));
        }

        if (hasCookie)
        {
            return !ConnectionPath.NeedsKey(request) || ConnectionPath.HasKey(request, secrets.ConnectionKey)
                ? next(context)
                : Refuse(context, "This connection needs the key that the studio's own page holds.\n", "text/plain");
        }

        if (!IsNavigation(request))
            return Refuse(context, "Open the address that the studio printed to get access.\n", "text/plain");
        return FetchSite(request) is "cross-site" or "same-site" ? SendRefresh(context) : ShowLockedPage(context);
    }

    private bool HasToken(HttpRequest request) => request.Query[AccessToken.Parameter] is [{ } value] && secrets.Token.Matches(value);

    private Task SignIn(HttpContext context)
    {
        var target = ReturnPath.WithoutToken(context.Request);
        if (target == ReturnPath.Start && ReturnPath.Checked(context.Request.Cookies[_returnCookie]) is { } opened)
            target = opened;
        context.Response.Cookies.Append(_cookie, secrets.Cookie.Value, Cookie(null));
        context.Response.Cookies.Delete(_returnCookie, Cookie(null));
        context.Response.ContentType = Html;
        var strings = Strings.For(Language.Of(context.Request));
        return context.Response.WriteAsync(
            SignInPage.Write(strings, SecurityHeaders.NonceOf(context), secrets.ConnectionKey, target));
    }

    private static Task Redirect(HttpContext context, string target)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(target);
        return Task.CompletedTask;
    }

    private Task ShowLockedPage(HttpContext context)
    {
        var path = ReturnPath.WithoutToken(context.Request);
        if (path != ReturnPath.Start)
            context.Response.Cookies.Append(_returnCookie, path, Cookie(TimeSpan.FromMinutes(10)));
        var strings = Strings.For(Language.Of(context.Request));
        return Refuse(context, LockedPage.Write(strings, port, path != ReturnPath.Start), Html);
    }

    /// <summary>
    /// A browser that follows a link from another site does not send the strict same-site cookie. It sends it when a page of the studio
    /// requests the same URL again, so that a link in a chat or a document opens for a user who already has access.
    /// </summary>
    private static Task SendRefresh(HttpContext context) =>
        Refuse(context, LockedPage.WriteRefresh(ReturnPath.WithoutToken(context.Request)), Html);

    private static Task Refuse(HttpContext context, string text, string type)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "elbo-studio-token";
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Upgrade.Count == 0
        && (request.Headers["Sec-Fetch-Dest"] is { Count: > 0 } destination
            ? destination is ["document"]
            : request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private static string FetchSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString();

    private static CookieOptions Cookie(TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };
}
