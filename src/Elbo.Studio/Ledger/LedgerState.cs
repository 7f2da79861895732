namespace Elbo.Studio;

/// <summary>The state of the ledger view.</summary>
/// <param name="Model">The id of a bundled model or of a run.</param>
/// <param name="Picture">The index of an example among the held-out ones of the model.</param>
/// <param name="Drawing">A drawing in its place; null for none.</param>
/// <param name="Label">The label to condition on; null for that of the example.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
internal sealed record LedgerState(string Model, int Picture, string? Drawing, int? Label, int Seed)
{
    private const string DefaultModel = "sliders";
    private const int MaxLabel = 65_535;

    public static LedgerState Parse(
        IEnumerable<string> models, string? model, string? picture, string? drawing, string? label, string? seed) => new(
        ModelStore.IsRunId(model) ? model! : Address.OneOf(model, DefaultModel, models),
        Address.Integer(picture, 0, 0, int.MaxValue),
        DrawingText.Read(drawing, MnistImages.Shape.Pixels) is null ? null : drawing,
        Address.Integer(label, -1, -1, MaxLabel) is >= 0 and var known ? known : null,
        Seeds.Parse(seed));

    /// <summary>The same within what a model has: an example that exists, and no label or drawing that it does not take.</summary>
    public LedgerState For(OpenModel opened) => this with
    {
        Picture = Math.Min(Picture, opened.Examples.Count - 1),
        Drawing = opened.TakesDrawings ? Drawing : null,
        Label = Label is { } label && opened.Labels?.IndexOf(label) >= 0 ? Label : null,
    };

    /// <summary>The example of the state.</summary>
    public ImageChoice Choice =>
        DrawingText.Read(Drawing, MnistImages.Shape.Pixels) is { } drawn ? ImageChoice.Drawing(drawn) : ImageChoice.Test(Picture);

    public string ToAddress() => Address.Of(
        "ledger",
        ("model", Model),
        ("picture", Drawing is null ? Picture : null),
        ("drawing", Drawing),
        ("label", Label),
        ("seed", Seed));
}
