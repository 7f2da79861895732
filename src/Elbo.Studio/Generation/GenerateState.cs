namespace Elbo.Studio;

/// <summary>The state of the generate view, as its URL holds it. What a model does not have is left out by <see cref="For"/>.</summary>
/// <param name="Model">The id of a bundled model or of a run; empty for a conditional VAE beside a VAE.</param>
/// <param name="Label">The label to condition on; null for the first one.</param>
/// <param name="Picture">The held-out example whose visible part is the condition, by its position.</param>
/// <param name="Attributes">The attributes to condition on, <c>1.5,-2</c>; null for their means.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
/// <param name="Code">The sliders that are not at 0, as <see cref="SliderCode"/> writes them; null for none.</param>
/// <param name="IsPrincipal">Whether the plane is that of the principal components and not of the dimensions of highest KL.</param>
internal sealed record GenerateState(
    string Model, int? Label, int Picture, string? Attributes, int Seed, string? Code, bool IsPrincipal)
{
    private const int DefaultDigit = 6;
    private const int MaxLabel = 65_535;
    private const int MaxText = 4_000;
    private const string Principal = "pca";

    /// <summary>Parses the query values of a URL; <c>digit</c> is the label of the bundled conditional VAE.</summary>
    public static GenerateState Parse(
        IEnumerable<string> models,
        string? model,
        string? label,
        string? digit,
        string? picture,
        string? attributes,
        string? seed,
        string? code,
        string? plane) => new(
        ModelStore.IsRunId(model) ? model! : Address.OneOf(model, "", models),
        Address.Integer(label ?? digit, -1, -1, MaxLabel) is >= 0 and var known ? known : null,
        Address.Integer(picture, 0, 0, int.MaxValue),
        Shortened(attributes),
        Seeds.Parse(seed),
        Shortened(code),
        plane == Principal);

    /// <summary>The same within what the models have: values in their ranges, and nothing that they do not take.</summary>
    public GenerateState For(GenerateModels models)
    {
        var (given, turned) = (models.Given, models.Turned);
        return this with
        {
            Label = given.Labels is { Count: > 0 } labels ? LabelOf(labels, models.IsPair) : null,
            Picture = GivenCondition.NeedsExample(given) ? Math.Min(Picture, given.Examples.Count - 1) : 0,
            Attributes = AttributeRange.Write(AttributeRange.Of(given), AttributeRange.Read(AttributeRange.Of(given), Attributes)),
            Code = SliderCode.Write(SliderCode.Read(Code, turned)),
        };
    }

    public string ToAddress() => Address.Of(
        "generate",
        ("model", Model.Length == 0 ? null : Model),
        (Model.Length == 0 ? "digit" : "label", Label),
        ("picture", Picture == 0 ? null : Picture),
        ("attributes", Attributes),
        ("seed", Seed),
        ("z", Code),
        ("plane", IsPrincipal ? Principal : null));

    private int LabelOf(LabelCondition labels, bool isPair)
    {
        if (Label is { } label && labels.IndexOf(label) >= 0)
            return label;
        return isPair && labels.IndexOf(DefaultDigit) >= 0 ? DefaultDigit : labels.Labels[0];
    }

    private static string? Shortened(string? text) => string.IsNullOrEmpty(text) || text.Length > MaxText ? null : text;
}
