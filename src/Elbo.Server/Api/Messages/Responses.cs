using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Elbo.Server;

/// <summary>What <c>sample</c>, <c>decode</c> and <c>complete</c> answer.</summary>
/// <param name="Shape">The shape of an example.</param>
/// <param name="Values">The numbers of each example.</param>
/// <param name="Seed">The seed that gives them again.</param>
internal sealed record ExamplesResponse(
    [property: Description("Channels, height and width of a picture, or the numbers of a row.")] IReadOnlyList<int> Shape,
    [property: Description("The mean of p(x|z, c) for each example.")] float[][] Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The seed that gives them again.")] ulong? Seed);

/// <summary>What <c>encode</c> answers: the moments of q(z|x, c).</summary>
/// <param name="Mean">The mean of each example's code.</param>
/// <param name="LogVariance">The logarithm of its variance; absent for an autoencoder.</param>
internal sealed record EncodeResponse(
    [property: Description("The mean of q(z|x, c) for each example.")] float[][] Mean,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The logarithm of the variance of each dimension; absent where codes have none.")] float[][]? LogVariance);

/// <summary>What <c>score</c> answers, in nats per example.</summary>
/// <param name="Reconstruction">-log p(x|z, c).</param>
/// <param name="Kl">KL(q(z|x, c) || p(z|c)).</param>
/// <param name="NegativeElbo">Their sum.</param>
/// <param name="IsAnomaly">Whether the score is above the threshold.</param>
/// <param name="Threshold">The threshold.</param>
internal sealed record ScoreResponse(
    [property: Description("-log p(x|z, c) of each example, in nats.")] float[] Reconstruction,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("KL(q(z|x, c) || p(z|c)) in nats; absent for a model without that term.")] float[]? Kl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("Their sum, high for what is unlike the training data; absent as kl.")] float[]? NegativeElbo,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("Whether the score is above the threshold; absent where there is none for this number of draws.")]
    bool[]? IsAnomaly,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("The threshold for anomalies of a calibrated model.")] ModelThreshold? Threshold);

/// <summary>What <c>/v1/models</c> answers.</summary>
/// <param name="Models">The models, in the order of their names.</param>
internal sealed record ModelsResponse(IReadOnlyList<ModelResponse> Models);

/// <summary>What is known of a model.</summary>
internal sealed record ModelResponse
{
    [Description("The name in paths.")]
    public required string Name { get; init; }

    [Description("vae, cvae, autoencoder or predictor.")]
    public required string Kind { get; init; }

    [Description("What can be asked of it.")]
    public required IReadOnlyList<string> Operations { get; init; }

    [Description("Channels, height and width of a picture, or the numbers of a row.")]
    public required IReadOnlyList<int> Shape { get; init; }

    [Description("What the numbers of an example are.")]
    public required string Units { get; init; }

    [Description("The dimensions of a code.")]
    public required int LatentSize { get; init; }

    public required string Likelihood { get; init; }

    public required string Prior { get; init; }

    [Description("The labels that are possible conditions; empty where labels are none.")]
    public required IReadOnlyList<int> Labels { get; init; }

    [Description("The names of labels, by number, where the data has them.")]
    public required IReadOnlyList<string> LabelNames { get; init; }

    [Description("The number of attributes that are the condition.")]
    public required int AttributeCount { get; init; }

    [Description("The names of the attributes, where the data has them.")]
    public required IReadOnlyList<string> AttributeNames { get; init; }

    [Description("The names of the numbers of a row, where the data has them.")]
    public required IReadOnlyList<string> ColumnNames { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The part of an example that is the condition.")]
    public string? Visible { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The threshold for anomalies of a calibrated model.")]
    public ModelThreshold? Threshold { get; init; }

    public static ModelResponse Of(ServedModel model) => new()
    {
        Name = model.Name,
        Kind = model.Description.Kind,
        Operations = [.. model.Operations()],
        Shape = model.Description.Shape,
        // Clients send and get bright pixels as 1, whatever the graph takes.
        Units = model.Description.Units.StartsWith("bytes", StringComparison.Ordinal)
            ? "0 for dark to 1 for bright"
            : model.Description.Units,
        LatentSize = model.Description.LatentSize,
        Likelihood = model.Description.Likelihood,
        Prior = model.Description.Prior,
        Labels = model.Description.Labels,
        LabelNames = model.Description.LabelNames,
        AttributeCount = model.Description.AttributeCount,
        AttributeNames = model.Description.AttributeNames,
        ColumnNames = model.Description.ColumnNames,
        Visible = model.Description.Visible,
        Threshold = model.Model.Threshold,
    };
}
