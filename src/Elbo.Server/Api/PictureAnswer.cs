namespace Elbo.Server;

/// <summary>Draws the examples of an answer as one PNG: a single picture as it is, several as a grid.</summary>
internal static class PictureAnswer
{
    public const string MediaType = "image/png";

    /// <summary>The picture.</summary>
    /// <param name="values">The examples, <c>[count, values]</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="description">What they are.</param>
    public static byte[] Draw(float[] values, int count, ModelDescription description)
    {
        var (channels, height, width) = (description.Shape[0], description.Shape[1], description.Shape[2]);
        var columns = (int)Math.Ceiling(Math.Sqrt(count));
        var rows = (count + columns - 1) / columns;
        var page = new float[channels * rows * height * columns * width];
        for (var i = 0; i < count; i++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                for (var y = 0; y < height; y++)
                {
                    var line = values.AsSpan((((i * channels) + channel) * height + y) * width, width);
                    var target = ((channel * rows * height) + (i / columns * height) + y) * columns * width + (i % columns * width);
                    line.CopyTo(page.AsSpan(target));
                }
            }
        }

        return PngImage.Encode(page, channels, rows * height, columns * width);
    }

    /// <summary>Whether the client asks for a picture rather than for JSON.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var (picture, json) = (Quality(MediaType), Quality("application/json"));
        return picture > 0 && picture >= json;

        // A wildcard asks for nothing in particular, and JSON is what everybody gets.
        double Quality(string type) => accepted
            .Where(each => string.Equals(each.MediaType.Value, type, StringComparison.OrdinalIgnoreCase))
            .Select(each => each.Quality ?? 1).DefaultIfEmpty(0).Max();
    }
}
