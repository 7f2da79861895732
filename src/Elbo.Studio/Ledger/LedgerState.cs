namespace Elbo.Studio;

/// <summary>Whose ledger is open: a model, a picture of the test images or a drawing, and the seed of the noise.</summary>
internal sealed record LedgerState(string Model, int Picture, string? Drawing, int Seed)
{
    private const string UsualModel = "sliders";

    public static LedgerState Parse(IEnumerable<string> models, int pictures, string? model, string? picture, string? drawing, string? seed) => new(
        Address.Word(model, UsualModel, models),
        Address.Whole(picture, 0, 0, pictures - 1),
        DrawingText.Read(drawing, MnistPictures.Shape.Pixels) is null ? null : drawing,
        Seeds.Parse(seed));

    /// <summary>The picture that the state tells of.</summary>
    public PictureChoice Choice =>
        DrawingText.Read(Drawing, MnistPictures.Shape.Pixels) is { } drawn ? PictureChoice.Drawing(drawn) : PictureChoice.Test(Picture);

    public string ToAddress() => Studio.Address.Of(
        "ledger", ("model", Model), ("picture", Drawing is null ? Picture : null), ("drawing", Drawing), ("seed", Seed));
}
