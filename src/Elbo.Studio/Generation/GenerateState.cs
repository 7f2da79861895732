using System.Globalization;

namespace Elbo.Studio;

/// <summary>The state of the generate view: the requested digit, the seed of the samples, and the values of the sliders.</summary>
/// <param name="Digit">The digit that the conditional VAE generates.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
/// <param name="Code">The sliders' values, in the order of the latent dimensions.</param>
internal sealed record GenerateState(int Digit, int Seed, IReadOnlyList<double> Code)
{
    private const int DefaultDigit = 6;

    /// <summary>Parses the query values of a URL; a code of the wrong length is replaced by the zero code, the mean of the prior.</summary>
    public static GenerateState Parse(int latentSize, string? digit, string? seed, string? code)
    {
        var parts = (code ?? "").Split(',', StringSplitOptions.TrimEntries);
        var values = parts.Length == latentSize
            ? parts.Select(part => Math.Round(Address.Number(part, 0, -SliderService.Range, SliderService.Range), 2)).ToArray()
            : new double[latentSize];
        return new GenerateState(Address.Integer(digit, DefaultDigit, 0, 9), Seeds.Parse(seed), values);
    }

    public string ToAddress() => Studio.Address.Of(
        "generate",
        ("digit", Digit),
        ("seed", Seed),
        ("z", Code.All(value => value == 0)
            ? null
            : string.Join(',', Code.Select(value => value.ToString("0.##", CultureInfo.InvariantCulture)))));

    /// <summary>A copy with one slider moved.</summary>
    public GenerateState With(int dimension, double value) => this with
    {
        Code =
        [
            .. Code.Select((old, index) => index == dimension
                ? Math.Round(Math.Clamp(value, -SliderService.Range, SliderService.Range), 2)
                : old),
        ],
    };

    // A record compares lists by reference.
    public bool Equals(GenerateState? other) =>
        other is not null && (Digit, Seed) == (other.Digit, other.Seed) && Code.SequenceEqual(other.Code);

    public override int GetHashCode() => HashCode.Combine(Digit, Seed, Code.Count > 0 ? Code[0] : 0);
}
