using System.Text.Json;

namespace Elbo.Story;

/// <summary>What is measured of a model of the story on test images, in nats per image.</summary>
internal sealed record StoryFigures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };
    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web);

    /// <summary>The number of test images over which the terms are averaged.</summary>
    public required int Examples { get; init; }

    /// <summary>-E_q[log p(x|z,c)], summed over the pixels of the target; null for a classifier.</summary>
    public double? Reconstruction { get; init; }

    /// <summary>KL(q(z|x,c) || p(z|c)), summed over the latent dimensions; null for an autoencoder.</summary>
    public double? Kl { get; init; }

    /// <summary>-ELBO, the sum of both; null for an autoencoder.</summary>
    public double? NegativeElbo { get; init; }

    /// <summary>The standard error of the sum of the terms, or of the accuracy, over the test images.</summary>
    public required double StandardError { get; init; }

    /// <summary>The KL of each latent dimension; null for an autoencoder.</summary>
    public IReadOnlyList<double>? KlPerDimension { get; init; }

    /// <summary>The active latent dimensions, counted from 0: those whose posterior mean varies over the test images.</summary>
    public IReadOnlyList<int>? ActiveDimensions { get; init; }

    /// <summary>The share of test images that a classifier reads as their label; null for other models.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The figures of a model's terms.</summary>
    public static StoryFigures Of(SplitTerms terms, int latentSize) => new()
    {
        Examples = terms.Examples,
        Reconstruction = terms.Reconstruction,
        Kl = terms.Kl,
        NegativeElbo = terms.Reconstruction + terms.Kl,
        KlPerDimension = terms.KlPerDimension,
        ActiveDimensions =
        [
            .. Enumerable.Range(0, latentSize).Where(dimension => !terms.InactiveDimensions.Contains(dimension + 1)),
        ],
        StandardError = terms.StandardError,
    };

    /// <summary>Reads figures.</summary>
    /// <exception cref="InputException">The text is not valid.</exception>
    public static StoryFigures Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<StoryFigures>(json, Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new InputException($"The figures of a model cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The figures as JSON on several lines, for a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>The figures as JSON on one line, for the metadata of a pack.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, OneLine);
}
