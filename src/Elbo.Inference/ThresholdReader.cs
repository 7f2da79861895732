using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Elbo.Inference;

/// <summary>Reads the threshold for anomalies of a run (calibration.json) or of an export (metadata of its graphs).</summary>
internal static class ThresholdReader
{
    /// <summary>The threshold of a run; null if it has none, or has other weights now than those it was calibrated with.</summary>
    /// <param name="files">The files of the run.</param>
    /// <param name="weights">That of its weights.</param>
    /// <exception cref="InvalidDataException">calibration.json is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ModelThreshold? OfRun(ModelFiles files, string weights)
    {
        const string path = "calibration.json";
        if (!files.Has(path))
            return null;
        try
        {
            using var document = JsonDocument.Parse(files.Read(path));
            var record = document.RootElement;
            var threshold = record.GetProperty("threshold");
            var hash = Convert.ToHexStringLower(SHA256.HashData(files.Read(weights)));
            return string.Equals(record.GetProperty("weightsSha256").GetString(), hash, StringComparison.OrdinalIgnoreCase)
                ? new(
                    threshold.GetProperty("value").GetDouble(),
                    threshold.GetProperty("falsePositiveRate").GetDouble(),
                    Optional(threshold, "low"),
                    Optional(threshold, "high"),
                    record.GetProperty("samples").GetInt32(),
                    record.GetProperty("seed").GetUInt64())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException)
        {
            throw new InvalidDataException($"{files.Describe(path)} is damaged: calibrate the run again.", exception);
        }
    }

    /// <summary>The threshold in the metadata of an export; null if there is none.</summary>
    /// <exception cref="InvalidDataException">An entry is no number.</exception>
    public static ModelThreshold? OfExport(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.ContainsKey("elbo.threshold"))
            return null;
        try
        {
            return new(
                Number("elbo.threshold") ?? double.NaN,
                Number("elbo.threshold_rate") ?? double.NaN,
                Number("elbo.threshold_low"),
                Number("elbo.threshold_high"),
                int.Parse(metadata.GetValueOrDefault("elbo.threshold_draws", "1"), CultureInfo.InvariantCulture),
                ulong.Parse(metadata.GetValueOrDefault("elbo.threshold_seed", "0"), CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InvalidDataException("The threshold in the metadata of the model is no number: export it again.", exception);
        }

        double? Number(string key) => metadata.TryGetValue(key, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    private static double? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
