using System.Globalization;

namespace Elbo.Studio;

/// <summary>What is generated: the digit asked for, the seed of the pages, and where the sliders stand.</summary>
/// <param name="Digit">The digit that the conditional VAE is asked for.</param>
/// <param name="Seed">The seed of the noise of every page.</param>
/// <param name="Code">The sliders' values, in the order of the latent dimensions.</param>
internal sealed record GenerateState(int Digit, int Seed, IReadOnlyList<double> Code)
{
    private const int UsualDigit = 6;

    /// <summary>Reads it from an address; a code of another length than the model's is that of its prior's middle.</summary>
    public static GenerateState Parse(int latentSize, string? digit, string? seed, string? code)
    {
        var parts = (code ?? "").Split(',', StringSplitOptions.TrimEntries);
        var values = parts.Length == latentSize
            ? parts.Select(part => Math.Round(Address.Number(part, 0, -SliderService.Reach, SliderService.Reach), 2)).ToArray()
            : new double[latentSize];
        return new GenerateState(Address.Whole(digit, UsualDigit, 0, 9), Seeds.Parse(seed), values);
    }

    public string ToAddress() => Studio.Address.Of(
        "generate",
        ("digit", Digit),
        ("seed", Seed),
        ("z", Code.All(value => value == 0) ? null : string.Join(',', Code.Select(value => value.ToString("0.##", CultureInfo.InvariantCulture)))));

    /// <summary>The same with one slider moved.</summary>
    public GenerateState With(int dimension, double value) => this with
    {
        Code = [.. Code.Select((old, index) => index == dimension ? Math.Round(Math.Clamp(value, -SliderService.Reach, SliderService.Reach), 2) : old)],
    };

    // A record compares lists by reference.
    public bool Equals(GenerateState? other) =>
        other is not null && (Digit, Seed) == (other.Digit, other.Seed) && Code.SequenceEqual(other.Code);

    public override int GetHashCode() => HashCode.Combine(Digit, Seed, Code.Count > 0 ? Code[0] : 0);
}
