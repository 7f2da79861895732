namespace Elbo;

/// <summary>
/// An error that the user can resolve. The message is one sentence that states the problem, its location and the remedy.
/// </summary>
public abstract class ElboException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">One sentence that states the problem, its location and the remedy.</param>
    /// <param name="inner">The cause of this error, if any.</param>
    protected ElboException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>An invalid setting or combination of settings.</summary>
/// <param name="message">One sentence that states the problem, its location and the remedy.</param>
/// <param name="inner">The cause of this error, if any.</param>
public class SettingsException(string message, Exception? inner = null) : ElboException(message, inner);

/// <summary>An input, such as a file, a folder or a set of examples, that is missing, corrupt or of the wrong kind.</summary>
/// <param name="message">One sentence that states the problem, its location and the remedy.</param>
/// <param name="inner">The cause of this error, if any.</param>
public sealed class InputException(string message, Exception? inner = null) : ElboException(message, inner);

/// <summary>A problem of the environment: a missing native library or device, or a full disk.</summary>
/// <param name="message">One sentence that states the problem, its location and the remedy.</param>
/// <param name="inner">The cause of this error, if any.</param>
public sealed class EnvironmentException(string message, Exception? inner = null) : ElboException(message, inner);

/// <summary>
/// A loss, a term of it, or a weight is no longer a finite number; or a training ends with a loss more than ten times as large as it began.
/// </summary>
/// <param name="message">One sentence that states the term and the step.</param>
public sealed class NotFiniteException(string message) : ElboException(message);
