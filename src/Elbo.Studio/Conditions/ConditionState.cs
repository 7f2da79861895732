namespace Elbo.Studio;

/// <summary>What of the conditions is seen: a prior's model and label with the seed of its cloud; a picture, and what of it stays visible.</summary>
internal sealed record ConditionState(string Model, int Label, int Seed, string Region, int Picture)
{
    private const string UsualModel = "label-mean";

    public static ConditionState Parse(
        IEnumerable<string> models, IReadOnlyList<string> regions, int pictures, string? model, string? label, string? seed, string? region, string? picture) => new(
        Address.Word(model, UsualModel, models),
        Address.Whole(label, 6, 0, 9),
        Seeds.Parse(seed),
        Address.Word(region, regions[0], regions),
        Address.Whole(picture, 0, 0, pictures - 1));

    public string ToAddress() => Studio.Address.Of(
        "condition", ("model", Model), ("label", Label), ("seed", Seed), ("region", Region), ("picture", Picture));
}
