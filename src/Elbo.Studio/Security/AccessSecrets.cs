namespace Elbo.Studio;

/// <summary>
/// The secrets of one studio process. None can be computed from another, because each is known to other programs: a browser sends the
/// cookie to the servers of all ports of a host.
/// </summary>
/// <param name="Token">In the printed address; whoever has it gets the other two.</param>
/// <param name="Cookie">In the browser's cookie; enough for the document and the static files, which are the same for everyone.</param>
/// <param name="ConnectionKey">
/// In the storage of the page's origin, which includes the port; needed, besides the cookie, for the connection over which a page reads and
/// changes anything.
/// </param>
internal sealed record AccessSecrets(AccessToken Token, AccessToken Cookie, AccessToken ConnectionKey)
{
    public static AccessSecrets Create() => new(AccessToken.Create(), AccessToken.Create(), AccessToken.Create());
}
