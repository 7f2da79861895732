using System.Globalization;

namespace Elbo.Story;

/// <summary>A model that may belong to a family that differs in beta alone.</summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Configuration">How it was trained.</param>
/// <param name="Data">The data that it was trained on; null where that is the same for all.</param>
internal sealed record BetaMember(string Id, string Name, RunConfiguration Configuration, DatasetRecord? Data = null)
{
    /// <summary>Its beta.</summary>
    public double Beta { get; } = BetaSettings.BetaOf(Configuration);

    /// <summary>In what else it differs from another, as part of a sentence; null for nothing.</summary>
    public string? DifferenceFrom(BetaMember other)
    {
        if (!IsOf(other.Data))
            return $"{Name} and {other.Name} were trained on different data";
        return BetaSettings.Difference(Configuration, other.Configuration) is { } found
            ? $"{found.Name} is {found.Left} in {Name} and {found.Right} in {other.Name}"
            : null;
    }

    /// <summary>Whether it was trained on some data.</summary>
    public bool IsOf(DatasetRecord? data) => Data?.TrainSha256 == data?.TrainSha256 && Data?.TestSha256 == data?.TestSha256;

    /// <summary>A beta as it is written.</summary>
    public static string TextOf(double beta) => beta.ToString(CultureInfo.InvariantCulture);
}
