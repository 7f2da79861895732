namespace Elbo.Studio;

/// <summary>The state of the generate view, as its URL holds it. What a model does not have is left out by <see cref="For"/>.</summary>
/// <param name="Model">The id of a bundled model or of a run; empty for a conditional VAE beside a VAE.</param>
/// <param name="Condition">The chosen condition.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
/// <param name="Code">The sliders that are not at 0, as <see cref="SliderCode"/> writes them; null for none.</param>
/// <param name="IsPrincipal">Whether the plane is that of the principal components and not of the dimensions of highest KL.</param>
internal sealed record GenerateState(string Model, ChosenCondition Condition, int Seed, string? Code, bool IsPrincipal)
{
    private const int DefaultDigit = 6;
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
        ChosenCondition.Parse(picture, label ?? digit, attributes),
        Seeds.Parse(seed),
        string.IsNullOrEmpty(code) || code.Length > MaxText ? null : code,
        plane == Principal);

    /// <summary>The same within what the models have: values in their ranges, and nothing that they do not take.</summary>
    public GenerateState For(GenerateModels models) => this with
    {
        Condition = Condition.For(models.Given, models.IsPair ? DefaultDigit : -1),
        Code = SliderCode.Write(SliderCode.Read(Code, models.Turned)),
    };

    public string ToAddress() => Address.Of(
        "generate",
        ("model", Model.Length == 0 ? null : Model),
        (Model.Length == 0 ? "digit" : "label", Condition.Label),
        ("picture", Condition.Picture == 0 ? null : Condition.Picture),
        ("attributes", Condition.Attributes),
        ("seed", Seed),
        ("z", Code),
        ("plane", IsPrincipal ? Principal : null));
}
