namespace Elbo.Studio;

/// <summary>
/// The state of the condition view: model and label of the prior, the seed of its samples, and the image to complete with its visible
/// region.
/// </summary>
internal sealed record ConditionState(string Model, int Label, int Seed, string Region, int Picture)
{
    private const string DefaultModel = "label-mean";

    public static ConditionState Parse(
        IEnumerable<string> models,
        IReadOnlyList<string> regions,
        int pictures,
        string? model,
        string? label,
        string? seed,
        string? region,
        string? picture) => new(
        Address.OneOf(model, DefaultModel, models),
        Address.Integer(label, 6, 0, 9),
        Seeds.Parse(seed),
        Address.OneOf(region, regions[0], regions),
        Address.Integer(picture, 0, 0, pictures - 1));

    public string ToAddress() => Studio.Address.Of(
        "condition", ("model", Model), ("label", Label), ("seed", Seed), ("region", Region), ("picture", Picture));
}
