using System.Drawing;

namespace Elbo;

/// <summary>How <see cref="ImageGrid"/> arranges and labels images. The defaults suit a quick look at samples.</summary>
public sealed record ImageGridOptions
{
    /// <summary>Images per row; by default the number that makes the grid nearest to a square.</summary>
    public int? Columns { get; init; }

    /// <summary>
    /// How many pixels of the picture, across and down, one pixel of an image becomes (without smoothing); by default the smallest number
    /// that makes the shorter side of an image at least 56 pixels long.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>The width of the gaps between images and of the frame around them, in pixels of the picture.</summary>
    public int Margin { get; init; } = 2;

    /// <summary>
    /// The colour of the gaps, of the frame and of the cells that no image fills: by default a grey that differs from both black and white
    /// images. Opaque.
    /// </summary>
    public Color Gap { get; init; } = Color.FromArgb(128, 128, 128);

    /// <summary>The colour behind the title and the labels, which are written in black or white, whichever stands out. Opaque.</summary>
    public Color Background { get; init; } = Color.White;

    /// <summary>A line above the grid.</summary>
    public string? Title { get; init; }

    /// <summary>One label left of each row, from the top.</summary>
    public IReadOnlyList<string>? RowLabels { get; init; }

    /// <summary>One label above each column, from the left; they are turned upright where one is wider than its column.</summary>
    public IReadOnlyList<string>? ColumnLabels { get; init; }
}
