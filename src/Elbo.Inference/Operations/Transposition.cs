namespace Elbo.Inference;

/// <summary>Rows become columns.</summary>
internal static class Transposition
{
    public static void Of(ReadOnlySpan<float> source, int rows, Span<float> destination)
    {
        var columns = source.Length / rows;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                destination[column * rows + row] = source[row * columns + column];
        }
    }
}
