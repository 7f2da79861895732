namespace Elbo.Cli;

/// <summary>The result of a diagnostic check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Value">What was found.</param>
/// <param name="Problem">One sentence with the problem and the remedy; null if the check passed.</param>
internal sealed record CheckResult(string Name, string Value, string? Problem = null);
