namespace Elbo.Server;

/// <summary>A request that cannot be answered, and why, in one sentence for the client.</summary>
/// <param name="status">The status of the answer.</param>
/// <param name="message">The sentence.</param>
internal sealed class RequestException(int status, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>A request whose content does not fit the model.</summary>
    public static RequestException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);
}
