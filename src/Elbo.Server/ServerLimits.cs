namespace Elbo.Server;

/// <summary>The resource limits of the server.</summary>
internal static class ServerLimits
{
    /// <summary>Maximum size of a request body in bytes: a thousand images of MNIST as numbers in JSON have six million.</summary>
    public const int RequestBody = 16 << 20;

    /// <summary>Maximum size of the request headers in bytes.</summary>
    public const int RequestHeaders = 16 * 1024;

    /// <summary>Maximum number of examples of one request, its draws counted.</summary>
    public const int Examples = 1000;

    /// <summary>Maximum number of numbers in one answer.</summary>
    public const int Numbers = 4_000_000;

    /// <summary>Maximum number of examples that wait for one operation of a model; beyond it requests are refused.</summary>
    public const int WaitingExamples = 20 * Examples;

    /// <summary>Maximum number of connections at the same time.</summary>
    public const int Connections = 1000;

    /// <summary>Maximum side of a picture in a request.</summary>
    public const int PictureSide = 4096;

    /// <summary>How long a connection may be without a complete request header.</summary>
    public static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be idle between requests.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a request may take.</summary>
    public static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);
}
