namespace Elbo.Studio;

/// <summary>The state of the ledger view: the model, a test image or a drawing, and the seed of the sampling noise.</summary>
internal sealed record LedgerState(string Model, int Picture, string? Drawing, int Seed)
{
    private const string DefaultModel = "sliders";

    public static LedgerState Parse(
        IEnumerable<string> models, int pictures, string? model, string? picture, string? drawing, string? seed) => new(
        Address.OneOf(model, DefaultModel, models),
        Address.Integer(picture, 0, 0, pictures - 1),
        DrawingText.Read(drawing, MnistImages.Shape.Pixels) is null ? null : drawing,
        Seeds.Parse(seed));

    /// <summary>The image of the state.</summary>
    public ImageChoice Choice =>
        DrawingText.Read(Drawing, MnistImages.Shape.Pixels) is { } drawn ? ImageChoice.Drawing(drawn) : ImageChoice.Test(Picture);

    public string ToAddress() => Studio.Address.Of(
        "ledger", ("model", Model), ("picture", Drawing is null ? Picture : null), ("drawing", Drawing), ("seed", Seed));
}
