namespace Elbo.Server;

/// <summary>More waits than the server takes: the client may try again.</summary>
internal sealed class ServerBusyException() : Exception("The server has more to compute than it takes: try again in a second.");
