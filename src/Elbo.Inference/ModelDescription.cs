using System.Globalization;
using System.Text.Json;

namespace Elbo.Inference;

/// <summary>What a model is and was trained on, as its files say.</summary>
public sealed class ModelDescription
{
    private readonly IReadOnlyDictionary<string, string> _metadata;

    internal ModelDescription(IReadOnlyDictionary<string, string> metadata, string path)
    {
        _metadata = metadata;
        try
        {
            Shape = [.. List("elbo.shape", element => element.GetInt32())];
            LatentSize = int.Parse(Text("elbo.latent_size"), NumberStyles.None, CultureInfo.InvariantCulture);
            Labels = [.. List("elbo.labels", element => element.GetInt32())];
            LabelNames = [.. List("elbo.label_names", element => element.GetString()!)];
            AttributeNames = [.. List("elbo.attribute_names", element => element.GetString()!)];
            ColumnNames = [.. List("elbo.column_names", element => element.GetString()!)];
            AttributeCount = List("elbo.attribute_means", element => element.GetDouble()).Count();
            ValueCount = Shape.Aggregate(1, (count, size) => checked(count * size));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException($"{path} does not say what model it is of: {exception.Message.TrimEnd('.')}.", exception);
        }

        if (ValueCount <= 0)
            throw new InvalidDataException($"{path} does not say what shape its values have.");
    }

    /// <summary><c>vae</c>, <c>cvae</c>, <c>autoencoder</c> or <c>predictor</c>.</summary>
    public string Kind => Text("elbo.kind");

    /// <summary>The shape of an example: channels, height and width of a picture, or the numbers of a row.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The numbers of an example.</summary>
    public int ValueCount { get; }

    /// <summary>The dimensions of a code; 0 for a model without one.</summary>
    public int LatentSize { get; }

    /// <summary>Whether examples are pictures.</summary>
    public bool IsOfPictures => Shape.Count == 3;

    /// <summary>What the numbers of an example are, in words.</summary>
    public string Units => Text("elbo.units");

    /// <summary>The likelihood p(x|z).</summary>
    public string Likelihood => Text("elbo.likelihood");

    /// <summary>The prior p(z).</summary>
    public string Prior => Text("elbo.prior");

    /// <summary>The labels that are possible conditions; empty for a model that has no such condition.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The names of labels, by number, where the data has them.</summary>
    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>The number of attributes that are the condition.</summary>
    public int AttributeCount { get; }

    /// <summary>The names of the attributes, where the data has them.</summary>
    public IReadOnlyList<string> AttributeNames { get; }

    /// <summary>The names of the numbers of a row, where the data has them.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The part of an example that is the condition, such as <c>top-half</c>; null where none is.</summary>
    public string? Visible => _metadata.GetValueOrDefault("elbo.visible");

    /// <summary>Everything that the file says, by keys.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Whether a label is a possible condition.</summary>
    /// <param name="label">The label.</param>
    public bool HasLabel(int label)
    {
        for (var i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] == label)
                return true;
        }

        return false;
    }

    private string Text(string key) => _metadata.GetValueOrDefault(key) ?? throw new FormatException($"it has no entry '{key}'");

    private IEnumerable<T> List<T>(string key, Func<JsonElement, T> read)
    {
        if (!_metadata.TryGetValue(key, out var text))
            yield break;
        using var document = JsonDocument.Parse(text);
        foreach (var element in document.RootElement.EnumerateArray())
            yield return read(element);
    }
}
