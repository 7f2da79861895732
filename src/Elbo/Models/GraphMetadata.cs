using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo;

/// <summary>What a file with a graph says about its model: keys that begin with <c>elbo.</c>, and texts or lists in JSON.</summary>
internal static class GraphMetadata
{
    /// <summary>What is known of the model itself.</summary>
    public static IEnumerable<(string Key, string Value)> Of(LatentVariableModel model, GraphValues values)
    {
        yield return ("elbo.version", typeof(GraphMetadata).Assembly.GetName().Version!.ToString(3));
        yield return ("elbo.kind", KindOf(model));
        yield return ("elbo.values", values.Name);
        yield return ("elbo.shape", model.Shape.Image is { } image
            ? Json((int[])[image.Channels, image.Height, image.Width])
            : Json((int[])[model.Shape.Size]));
        yield return ("elbo.units", values.Units);
        yield return ("elbo.latent_size", model.LatentSize.ToString(CultureInfo.InvariantCulture));
        yield return ("elbo.likelihood", model.Options.Likelihood!);
        yield return ("elbo.prior", model.Options.Prior!);
        foreach (var part in (model.Condition as JoinedCondition)?.Parts ?? [model.Condition!])
        {
            if (part is LabelCondition labels)
                yield return ("elbo.labels", Json(labels.Labels));
            if (part is AttributesCondition attributes)
            {
                yield return ("elbo.attribute_means", Json(attributes.Mean));
                yield return ("elbo.attribute_deviations", Json(attributes.Deviation));
            }

            if (part is RegionCondition region)
                yield return ("elbo.visible", region.Visible);
        }
    }

    /// <summary>What is known of the data that it was trained on.</summary>
    public static IEnumerable<(string Key, string Value)> Of(DatasetRecord dataset, DataConfiguration data)
    {
        yield return ("elbo.data", dataset.Name);
        yield return ("elbo.data_sha256", dataset.TrainSha256);
        if (dataset.LabelNames is { } labels)
            yield return ("elbo.label_names", Json(labels));
        if (dataset.Columns is { } columns)
            yield return ("elbo.column_names", Json(columns));
        if (data.AttributeColumns is { } attributes)
            yield return ("elbo.attribute_names", Json(attributes));
    }

    /// <summary>
    /// A threshold of scores in nats; the graph <c>score</c> gives them where epsilon is drawn as in the run, and averaged over its draws.
    /// </summary>
    public static IEnumerable<(string Key, string Value)> Of(AnomalyThreshold threshold, int draws, ulong seed)
    {
        yield return ("elbo.threshold", Number(threshold.Value));
        yield return ("elbo.threshold_rate", Number(threshold.FalsePositiveRate));
        if (threshold.Low is { } low)
            yield return ("elbo.threshold_low", Number(low));
        if (threshold.High is { } high)
            yield return ("elbo.threshold_high", Number(high));
        yield return ("elbo.threshold_draws", draws.ToString(CultureInfo.InvariantCulture));
        yield return ("elbo.threshold_seed", seed.ToString(CultureInfo.InvariantCulture));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string KindOf(LatentVariableModel model) => model.Options.Posterior switch
    {
        Posteriors.Point => "autoencoder",
        Posteriors.None => "predictor",
        _ => model.Condition is null ? "vae" : "cvae",
    };

    private static string Json(IEnumerable<int> values) =>
        new JsonArray([.. values.Select(value => JsonValue.Create(value))]).ToJsonString();

    private static string Json(IEnumerable<double> values) =>
        new JsonArray([.. values.Select(value => JsonValue.Create(value))]).ToJsonString();

    private static string Json(IEnumerable<string> values) =>
        new JsonArray([.. values.Select(value => JsonValue.Create(value))]).ToJsonString();
}
