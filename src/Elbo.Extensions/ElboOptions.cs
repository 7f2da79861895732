namespace Elbo.Extensions;

/// <summary>The models that a program uses, by names of its own.</summary>
public sealed class ElboOptions
{
    /// <summary>The folder of each model, of a run or of an export, by a name; names differ by case.</summary>
    public IDictionary<string, string> Models { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
