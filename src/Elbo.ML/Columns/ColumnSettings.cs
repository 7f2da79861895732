using System.Text.Json;

namespace Elbo.ML.Columns;

/// <summary>What a saved transformer knows beside its model.</summary>
internal sealed record ColumnSettings
{
    /// <summary>The file in the archive.</summary>
    public const string File = "ml-net.json";

    private const int LatestFormat = 1;

    /// <summary>The format of the archive.</summary>
    public int Format { get; init; } = LatestFormat;

    /// <summary>The draws over which a score is averaged.</summary>
    public required int Draws { get; init; }

    /// <summary>The seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The threshold; null only while it is looked for.</summary>
    public AnomalyThreshold? Threshold { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static ColumnSettings Read(Stream stream)
    {
        try
        {
            if (JsonSerializer.Deserialize<ColumnSettings>(stream) is { Draws: > 0, Threshold: not null } settings)
            {
                return settings.Format == LatestFormat
                    ? settings
                    : throw new InvalidDataException($"it has the format {settings.Format}, which another version of Elbo.ML wrote");
            }

            throw new InvalidDataException($"{File} in it is not complete");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{File} in it is not readable", exception);
        }
    }
}
