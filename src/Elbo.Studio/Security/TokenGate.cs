using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>
/// Requires the token: once in the URL, from then on in a cookie. Opening a link without it shows which URL to open first; afterwards the
/// browser is redirected to that link.
/// </summary>
internal sealed class TokenGate(AccessToken token, int port)
{
    // Browsers share cookies between ports, so the cookie's name contains the port.
    private readonly string _cookie = $"elbo-studio-{port}";
    private readonly string _returnCookie = $"elbo-studio-return-{port}";

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isSignedIn = token.Matches(request.Cookies[_cookie]);
        var isReadOnly = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;
        if (isReadOnly && request.Query.ContainsKey(AccessToken.Parameter) && (isSignedIn || HasToken(request)))
            return SignIn(context);
        if (isSignedIn)
            return next(context);
        if (!IsNavigation(request))
            return Refuse(context, "Open the address that the studio printed to get access.\n", "text/plain");
        return FetchSite(request) is "cross-site" or "same-site" ? SendRefresh(context) : ShowLockedPage(context);
    }

    private bool HasToken(HttpRequest request) => request.Query[AccessToken.Parameter] is [{ } value] && token.Matches(value);

    private Task SignIn(HttpContext context)
    {
        var target = ReturnPath.WithoutToken(context.Request);
        if (target == ReturnPath.Start && ReturnPath.Checked(context.Request.Cookies[_returnCookie]) is { } opened)
            target = opened;
        context.Response.Cookies.Append(_cookie, token.Value, Cookie(null));
        context.Response.Cookies.Delete(_returnCookie, Cookie(null));
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
        return Refuse(context, LockedPage.Write(strings, port, path != ReturnPath.Start), "text/html; charset=utf-8");
    }

    /// <summary>
    /// A browser that follows a link from another site does not send the strict same-site cookie. It sends it when a page of the studio
    /// requests the same URL again, so that a link in a chat or a document opens for a user who already has access.
    /// </summary>
    private static Task SendRefresh(HttpContext context) =>
        Refuse(context, LockedPage.WriteRefresh(ReturnPath.WithoutToken(context.Request)), "text/html; charset=utf-8");

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
