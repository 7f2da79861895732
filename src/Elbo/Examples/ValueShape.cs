using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// The shape of one value x: a number of numbers, which for images are channels, rows and columns. The default value is no shape: its
/// <see cref="Size"/> is zero.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ValueShape
{
    private ValueShape(int size, ImageShape? image) => (Size, Image) = (size, image);

    /// <summary>The number of numbers of one value; for images channels x height x width.</summary>
    public int Size { get; }

    /// <summary>The shape of an image; null for a vector.</summary>
    public ImageShape? Image { get; }

    /// <summary>The shape of a vector.</summary>
    /// <param name="size">The number of its elements.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="InputException">The size is not positive.</exception>
    public static ValueShape Vector(int size) => size > 0
        ? new ValueShape(size, null)
        : throw new InputException($"A vector cannot have {size} elements: it has at least 1.");

    /// <summary>The shape of an image.</summary>
    /// <param name="image">Its channels, rows and columns.</param>
    public static implicit operator ValueShape(ImageShape image) => FromImageShape(image);

    /// <summary>The shape of an image.</summary>
    /// <param name="image">Its channels, rows and columns.</param>
    /// <returns>The shape.</returns>
    public static ValueShape FromImageShape(ImageShape image) => image == default ? default : new ValueShape(image.Pixels, image);

    /// <summary>The shape of an image, for what needs one.</summary>
    /// <param name="consumer">What needs an image, as the beginning of "... needs images".</param>
    /// <returns>Channels, rows and columns.</returns>
    /// <exception cref="SettingsException">The values are no images.</exception>
    public ImageShape RequireImage(string consumer) => Image
        ?? throw new SettingsException($"{consumer} needs images, but the values are {this}.");

    /// <summary>Formats the shape: <c>1x28x28</c> for images, <c>vectors of 12</c> for others.</summary>
    public override string ToString() => Image?.ToString() ?? $"vectors of {Size}";

    /// <summary>Writes the sizes of an image, or <c>{ "size": 12 }</c>.</summary>
    internal sealed class Converter : JsonConverter<ValueShape>
    {
        public override ValueShape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var sizes = new Dictionary<string, int>();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("A shape is an object with channels, height and width, or with a size.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var size) || !sizes.TryAdd(name, size))
                    throw new JsonException($"The shape's '{name}' is not one whole number.");
            }

            var (channels, height, width) = (Of("channels"), Of("height"), Of("width"));
            return sizes.Keys.Order(StringComparer.Ordinal).ToArray() switch
            {
                ["size"] => sizes["size"] == 0 ? default : Vector(sizes["size"]),
                ["channels", "height", "width"] =>
                    (channels, height, width) == (0, 0, 0) ? default : new ImageShape(channels, height, width),
                _ => throw new JsonException("A shape has channels, height and width, or a size, and nothing else."),
            };

            int Of(string name) => sizes.GetValueOrDefault(name);
        }

        public override void Write(Utf8JsonWriter writer, ValueShape value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.Image is { } image)
            {
                writer.WriteNumber("channels", image.Channels);
                writer.WriteNumber("height", image.Height);
                writer.WriteNumber("width", image.Width);
            }
            else
            {
                writer.WriteNumber("size", value.Size);
            }

            writer.WriteEndObject();
        }
    }
}
