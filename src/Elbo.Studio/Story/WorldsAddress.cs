using System.Globalization;

namespace Elbo.Studio;

/// <summary>The addresses of the former worlds view, so that links to it show what took its place.</summary>
internal static class WorldsAddress
{
    /// <summary>The scene in which reconstruction alone, KL alone and both are trained side by side.</summary>
    private const string BothTerms = "/#scene=5";

    /// <summary>The weights of the KL that the scene of beta has.</summary>
    private static readonly double[] Betas = [0, 0.1, 0.5, 1, 4, 16];

    /// <summary>The scene with the beta of an address, or with the one of its betas that is nearest by its ratio.</summary>
    /// <param name="beta">What the address gives: a number, <c>inf</c> for KL only, or nothing.</param>
    public static string ToStory(string? beta)
    {
        var asked = Address.Number(beta, double.NaN, 0, double.PositiveInfinity);
        if (double.IsNaN(asked) || double.IsPositiveInfinity(asked))
            return BothTerms;
        var nearest = asked == 0 ? 0 : Betas.Where(each => each > 0).MinBy(each => Math.Abs(Math.Log(each / asked)));
        return string.Create(CultureInfo.InvariantCulture, $"/#scene=8&beta={nearest}");
    }
}
