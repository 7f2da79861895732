namespace Elbo.Server;

/// <summary>
/// Requires the token as <c>Authorization: Bearer</c> for everything that reads a model or a metric. The page, which is the same for
/// everybody, takes the token from the fragment of its address and sends it in that header: there is no cookie, which a browser would send
/// to other ports of the host as well.
/// </summary>
internal sealed class TokenGate(AccessToken token)
{
    private const string Bearer = "Bearer ";
    private static readonly PathString[] Guarded = ["/v1", "/metrics"];

    public Task Check(HttpContext context, RequestDelegate next)
    {
        if (!Guarded.Any(path => context.Request.Path.StartsWithSegments(path)) || HasToken(context.Request))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemAnswer.Write(
            context,
            StatusCodes.Status401Unauthorized,
            "Send the token that the server printed, or was given as ELBO_SERVER_TOKEN, as 'Authorization: Bearer TOKEN'.");
    }

    private bool HasToken(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && token.Matches(header[Bearer.Length..].Trim());
}
