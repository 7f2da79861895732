using System.Text.Json;

namespace Elbo.Studio;

/// <summary>When a run was started: the one value of its record that the order of the list needs, read without the rest.</summary>
internal static class RunStart
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the time; null if there is no such file or no such value in it.</summary>
    public static DateTimeOffset? Read(string path)
    {
        try
        {
            return Find(RunFile.ReadBytes(path, MaxBytes));
        }
        catch (Exception exception) when (exception is ElboException or JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Find(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStart = reader.ValueTextEquals("startedAt"u8);
            reader.Read();
            if (isStart)
                return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : null;
            reader.Skip();
        }

        return null;
    }
}
