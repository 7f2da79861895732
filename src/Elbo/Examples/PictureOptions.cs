namespace Elbo;

/// <summary>How pictures become images of one shape.</summary>
public sealed record PictureOptions
{
    /// <summary>The largest sample that a picture can have.</summary>
    private const int MaxSample = ushort.MaxValue;

    /// <summary>
    /// The background that transparent pixels are flattened onto: <c>white</c>, <c>black</c> or <c>#rrggbb</c>; null to refuse them.
    /// </summary>
    public string? Background { get; init; }

    /// <summary>
    /// The size that every picture is scaled to, by linear interpolation over the pixels it covers; null to refuse pictures of several
    /// sizes.
    /// </summary>
    public PictureSize? Resize { get; init; }

    /// <summary>
    /// Whether a picture is first cut to the aspect of <see cref="Resize"/>, around its centre, instead of being stretched to it.
    /// </summary>
    public bool Crop { get; init; }

    /// <summary>
    /// The sample of 16-bit files that becomes white, such as 4095 for 12-bit values in 16-bit files; null for the smallest 2^k - 1 that no
    /// sample of those read together exceeds. Files of 8 bits are not affected: 255 is white.
    /// </summary>
    public int? SampleMaximum { get; init; }

    /// <summary>
    /// The channels that images have at least, although all are grey: 3 for pictures that a model of colours is to see. Default: 1.
    /// </summary>
    public int MinChannels { get; init; } = 1;

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(PictureOptions), PrintMembers);

    /// <exception cref="SettingsException">An option is not valid.</exception>
    internal void Validate()
    {
        if (Background is not null)
            PictureBackground.Parse(Background);
        if (Crop && Resize is null)
            throw new SettingsException("Pictures are cropped to the aspect of a size, but none is given: give Resize too, or omit Crop.");
        if (Resize is { Width: < 1 or > PictureSize.MaxSide } or { Height: < 1 or > PictureSize.MaxSide })
            throw new SettingsException($"{Resize} is not a valid Resize: give sides from 1 to {PictureSize.MaxSide} pixels.");
        if (MinChannels is not (1 or 3))
            throw new SettingsException($"{MinChannels} is not a valid MinChannels: give 1 or 3.");
        if (SampleMaximum is < 1 or > MaxSample)
            throw new SettingsException($"{SampleMaximum} is not a valid SampleMaximum: give a number from 1 to {MaxSample}.");
    }
}
