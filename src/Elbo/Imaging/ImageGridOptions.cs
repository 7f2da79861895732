using System.Drawing;

namespace Elbo;

/// <summary>The layout and labels of an <see cref="ImageGrid"/>. The defaults are suitable for viewing samples.</summary>
public sealed record ImageGridOptions
{
    /// <summary>Images per row; by default chosen for a near-square grid.</summary>
    public int? Columns { get; init; }

    /// <summary>
    /// The integer scale factor of the images (nearest-neighbour); by default the smallest factor that makes the shorter side of an image
    /// at least 56 pixels long.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>The width of the gaps between images and of the frame around them, in pixels of the output image.</summary>
    public int Margin { get; init; } = 2;

    /// <summary>
    /// The colour of the gaps, of the frame and of empty cells: by default a grey that differs from both black and white images. It must be
    /// opaque.
    /// </summary>
    public Color Gap { get; init; } = Color.FromArgb(128, 128, 128);

    /// <summary>The background colour of the title and the labels, which are black or white for contrast. It must be opaque.</summary>
    public Color Background { get; init; } = Color.White;

    /// <summary>The title above the grid.</summary>
    public string? Title { get; init; }

    /// <summary>The labels to the left of the rows, from the top.</summary>
    public IReadOnlyList<string>? RowLabels { get; init; }

    /// <summary>The labels above the columns, from the left; they are vertical if one is wider than its column.</summary>
    public IReadOnlyList<string>? ColumnLabels { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ImageGridOptions), PrintMembers);
}
