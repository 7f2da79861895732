namespace Elbo.Cli;

/// <summary>A split of a dataset.</summary>
internal enum Split
{
    Test,
    Validation,
    Train,
}
