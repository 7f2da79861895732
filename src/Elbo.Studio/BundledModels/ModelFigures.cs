using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo.Studio;

/// <summary>
/// What is known of a bundled model without its weights: its terms on the 10,000 test images of MNIST, in nats per image, and what a view
/// shows before the weights are loaded.
/// </summary>
internal sealed record ModelFigures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>What the model is used to show.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>The number of test images over which the terms are averaged.</summary>
    public required int Examples { get; init; }

    /// <summary>-E_q[log p(x|z,c)], summed over the pixels of the target.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>KL(q(z|x,c) || p(z|c)), summed over the latent dimensions; null for the autoencoder.</summary>
    public required double? Kl { get; init; }

    /// <summary>The KL of each latent dimension; null for the autoencoder.</summary>
    public required IReadOnlyList<double>? KlPerDimension { get; init; }

    /// <summary>The active latent dimensions, counted from 0: those whose posterior mean varies over the test images.</summary>
    public required IReadOnlyList<int> ActiveDimensions { get; init; }

    /// <summary>The standard error of the sum of the terms, over the test images.</summary>
    public required double StandardError { get; init; }

    /// <summary>The prior of each label, for a model that is conditioned on labels only; else null.</summary>
    public IReadOnlyList<GaussianFigures>? PriorOfLabels { get; init; }

    /// <summary>-ELBO, the sum of the terms; null for the autoencoder.</summary>
    [JsonIgnore]
    public double? NegativeElbo => Reconstruction + Kl;

    /// <summary>Reads the figures of a model.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static ModelFigures Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelFigures>(File.ReadAllText(path), Options) ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The figures as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";
}

/// <summary>A diagonal Gaussian over codes.</summary>
/// <param name="Mean">mu of each dimension.</param>
/// <param name="Deviation">sigma of each dimension.</param>
internal sealed record GaussianFigures(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
