using System.Globalization;

namespace Elbo.Studio;

/// <summary>The addresses of the former worlds view, so that links to it show what took its place.</summary>
internal static class WorldsAddress
{
    /// <summary>The scene in which reconstruction alone, KL alone and both are trained side by side.</summary>
    private const string BothTerms = "/#scene=5";

    /// <summary>The scene with the beta of an address, which chooses the nearest that it has.</summary>
    /// <param name="beta">What the address gives: a number, <c>inf</c> for KL only, or nothing.</param>
    public static string ToStory(string? beta)
    {
        var asked = Address.Number(beta, double.NaN, 0, double.PositiveInfinity);
        return double.IsNaN(asked) || double.IsPositiveInfinity(asked)
            ? BothTerms
            : string.Create(CultureInfo.InvariantCulture, $"/#scene=8&beta={asked}");
    }
}
