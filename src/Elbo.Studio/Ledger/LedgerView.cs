namespace Elbo.Studio;

/// <summary>What the ledger shows for a state, prepared on the compute thread.</summary>
/// <param name="Opened">The model.</param>
/// <param name="State">The state, within what the model has.</param>
/// <param name="Breakdown">The terms.</param>
/// <param name="Choices">The examples to choose from.</param>
/// <param name="Pictures">The images as data URLs; null for values that are no images.</param>
/// <param name="Rows">The numbers of the value, the most expensive ones first; empty for images.</param>
internal sealed record LedgerView(
    OpenModel Opened,
    LedgerState State,
    ElboBreakdown Breakdown,
    IReadOnlyList<SelectableExample> Choices,
    LedgerPictures? Pictures,
    IReadOnlyList<LedgerRow> Rows)
{
    /// <summary>The most numbers of a row of a table that are listed.</summary>
    public const int MaxRows = 40;

    /// <summary>The most latent dimensions that are listed: those of the highest KL.</summary>
    public const int MaxDimensions = 24;

    /// <summary>The listed dimensions, in their order.</summary>
    public IReadOnlyList<DimensionBreakdown> Dimensions { get; } = Breakdown.Dimensions.Count <= MaxDimensions
        ? Breakdown.Dimensions
        :
        [
            .. Breakdown.Dimensions.OrderByDescending(dimension => dimension.Kl ?? Math.Abs(dimension.Mean)).Take(MaxDimensions)
                .OrderBy(dimension => dimension.Index),
        ];

    /// <summary>Computes the view. The choices of the last one are kept while the model stays the same.</summary>
    public static LedgerView Of(OpenModel opened, LedgerState state, LedgerView? last)
    {
        var within = state.For(opened);
        var breakdown = LedgerService.Compute(new LedgerRequest(opened, within.Choice, (ulong)within.Seed, within.Label));
        return new LedgerView(
            opened,
            within,
            breakdown,
            ReferenceEquals(last?.Opened, opened) ? last.Choices : SelectableExample.Of(opened),
            opened.Shape.Image is { } shape ? LedgerPictures.Of(shape, opened, breakdown) : null,
            opened.Shape.Image is null ? LedgerRow.Of(opened, breakdown) : []);
    }
}

/// <summary>One number of an example that is no image.</summary>
/// <param name="Name">The name of its column, or its position.</param>
/// <param name="Value">The number, in the units of the data.</param>
/// <param name="Decoded">Its mean under p(x|z,c).</param>
/// <param name="Nats">Its part of the reconstruction term.</param>
internal sealed record LedgerRow(string Name, double Value, double Decoded, double Nats)
{
    public static IReadOnlyList<LedgerRow> Of(OpenModel opened, ElboBreakdown breakdown)
    {
        var names = SampleTable.NamesOf(opened);
        var (values, decoded) = (breakdown.Value.Values.ToArray(), breakdown.Decoded.Values.ToArray());
        // The likelihood of categories scores several inputs as one, so that there can be fewer parts than numbers.
        var missing = Math.Max(0, values.Length - breakdown.ReconstructionPerValue.Count);
        double[] parts = [.. breakdown.ReconstructionPerValue, .. new double[missing]];
        return
        [
            .. values.Select((value, i) => new LedgerRow(PrintableText.Of(names[i]), value, decoded[i], parts[i]))
                .OrderByDescending(row => row.Nats).Take(LedgerView.MaxRows),
        ];
    }
}
