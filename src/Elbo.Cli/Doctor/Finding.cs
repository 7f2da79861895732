namespace Elbo.Cli;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How it is.</param>
/// <param name="Problem">One sentence on what to do; null where all is well.</param>
internal sealed record Finding(string Name, string Value, string? Problem = null);
