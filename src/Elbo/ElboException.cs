namespace Elbo;

/// <summary>
/// An error that a user can act on. The message is one sentence: what is wrong, where, and what to do.
/// </summary>
public abstract class ElboException : Exception
{
    private protected ElboException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The exit code with which the command line reports this kind of error.</summary>
    public abstract int ExitCode { get; }
}

/// <summary>A setting, or a combination of settings, that cannot work.</summary>
/// <param name="message">One sentence: what is wrong, where, and what to do.</param>
/// <param name="inner">The error that led to this one, if any.</param>
public sealed class ConfigurationException(string message, Exception? inner = null) : ElboException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 2;
}

/// <summary>Data that is missing, corrupt or not what it claims to be.</summary>
/// <param name="message">One sentence: what is wrong, where, and what to do.</param>
/// <param name="inner">The error that led to this one, if any.</param>
public sealed class DataException(string message, Exception? inner = null) : ElboException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 3;
}

/// <summary>Something the machine lacks: a native library, a device, room on the disk.</summary>
/// <param name="message">One sentence: what is wrong, where, and what to do.</param>
/// <param name="inner">The error that led to this one, if any.</param>
public sealed class EnvironmentException(string message, Exception? inner = null) : ElboException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 4;
}

/// <summary>A loss, a term of it, or a weight is no longer a finite number.</summary>
/// <param name="message">One sentence: which term, and at which step.</param>
public sealed class NotFiniteException(string message) : ElboException(message)
{
    /// <inheritdoc/>
    public override int ExitCode => 5;
}
