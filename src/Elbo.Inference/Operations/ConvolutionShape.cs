namespace Elbo.Inference;

/// <summary>The sizes of a convolution of pictures.</summary>
/// <param name="Channels">The channels of the picture that the kernel is laid on.</param>
/// <param name="Height">Its height.</param>
/// <param name="Width">Its width.</param>
/// <param name="Rows">The rows of places of the kernel.</param>
/// <param name="Columns">The columns of places.</param>
/// <param name="Kernel">The height and width of the kernel.</param>
/// <param name="Stride">The steps from place to place.</param>
/// <param name="Padding">How far the first place lies outside of the picture.</param>
internal sealed record ConvolutionShape(
    int Channels, int Height, int Width, int Rows, int Columns, (int Height, int Width) Kernel, (int Down, int Right) Stride,
    (int Top, int Left) Padding)
{
    public int Places => Rows * Columns;

    /// <summary>The numbers under the kernel at one place.</summary>
    public int PatchSize => Channels * Kernel.Height * Kernel.Width;

    /// <summary>Calls with the index in a picture and in the patches of each number under the kernel that is in the picture.</summary>
    public void Patches<TVisit>(ReadOnlySpan<float> from, Span<float> to)
        where TVisit : struct, IPatchVisit
    {
        for (var (row, patch) = (0, 0); row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                for (var channel = 0; channel < Channels; channel++)
                {
                    for (var y = 0; y < Kernel.Height; y++)
                    {
                        var line = row * Stride.Down - Padding.Top + y;
                        for (var x = 0; x < Kernel.Width; x++, patch++)
                        {
                            var place = column * Stride.Right - Padding.Left + x;
                            if ((uint)line < (uint)Height && (uint)place < (uint)Width)
                                TVisit.Visit(from, to, (channel * Height + line) * Width + place, patch);
                        }
                    }
                }
            }
        }
    }
}

/// <summary>What is done with a number under the kernel.</summary>
internal interface IPatchVisit
{
    static abstract void Visit(ReadOnlySpan<float> from, Span<float> to, int pixel, int patch);
}
