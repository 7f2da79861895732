using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>The shape of one image. The default value is not a valid shape: its sizes and <see cref="Pixels"/> are zero.</summary>
/// <param name="Channels">The number of channels: 1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
/// <exception cref="InputException">A size is not positive, or an image has more values than an array can hold.</exception>
[method: JsonConstructor]
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of channels: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; init => field = EnsurePositive(value, "channels"); } = EnsureCountable(Channels, Height, Width);

    /// <summary>The number of rows.</summary>
    public int Height { get; init => field = EnsurePositive(value, "rows"); } = EnsurePositive(Height, "rows");

    /// <summary>The number of columns.</summary>
    public int Width { get; init => field = EnsurePositive(value, "columns"); } = EnsurePositive(Width, "columns");

    /// <summary>The number of values of one image: channels x height x width.</summary>
    [JsonIgnore]
    public int Pixels => checked(Channels * Height * Width);

    /// <summary>Formats the sizes, such as <c>1x28x28</c>.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";

    private static int EnsurePositive(int size, string what) => size > 0
        ? size
        : throw new InputException($"Images cannot have {size} {what}: channels, height and width must be at least 1.");

    // The product of three 31-bit factors can overflow 64 bits, the product of two cannot: it is checked in two steps.
    private static int EnsureCountable(int channels, int height, int width)
    {
        EnsurePositive(channels, "channels");
        return (long)height * width <= int.MaxValue && (long)height * width * channels <= int.MaxValue
            ? channels
            : throw new InputException($"An image of {channels}x{height}x{width} has more values than an array can hold: make it smaller.");
    }
}
