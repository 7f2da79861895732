using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>
/// Lets in who has the token: once in the address, from then on in a cookie. Who opens a link without it is told which address to open, and
/// comes back to the link afterwards.
/// </summary>
internal sealed class TokenGate(AccessToken token, int port)
{
    // Browsers do not keep the cookies of two ports apart, so the name does.
    private readonly string _cookie = $"elbo-studio-{port}";
    private readonly string _returnCookie = $"elbo-studio-return-{port}";

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isKnown = token.Is(request.Cookies[_cookie]);
        var onlyReads = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;
        if (onlyReads && request.Query.ContainsKey(AccessToken.Parameter) && (isKnown || HasToken(request)))
            return LetIn(context);
        if (isKnown)
            return next(context);
        if (!IsNavigation(request))
            return Refuse(context, "The studio answers to whoever has opened the address that it printed.\n", "text/plain");
        return Comes(request) is "cross-site" or "same-site" ? AskAgain(context) : ShowWhatToOpen(context);
    }

    private bool HasToken(HttpRequest request) => request.Query[AccessToken.Parameter] is [{ } value] && token.Is(value);

    private Task LetIn(HttpContext context)
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

    private Task ShowWhatToOpen(HttpContext context)
    {
        var path = ReturnPath.WithoutToken(context.Request);
        if (path != ReturnPath.Start)
            context.Response.Cookies.Append(_returnCookie, path, Cookie(TimeSpan.FromMinutes(10)));
        var strings = Strings.For(Language.Of(context.Request));
        return Refuse(context, LockedPage.Write(strings, port, path != ReturnPath.Start), "text/html; charset=utf-8");
    }

    /// <summary>
    /// A browser that comes from another site leaves the cookie at home. It brings it when the studio's own page asks for the same address,
    /// so that a link in a chat or a document opens for who is let in already.
    /// </summary>
    private static Task AskAgain(HttpContext context) =>
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

    private static string Comes(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString();

    private static CookieOptions Cookie(TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };
}
