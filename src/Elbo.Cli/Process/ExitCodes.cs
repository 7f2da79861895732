namespace Elbo.Cli;

/// <summary>The exit codes of the program, which scripts rely on.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Data = 3;
    public const int Environment = 4;
    public const int NotFinite = 5;
    public const int Interrupted = 130;
    public const int Terminated = 143;
}
