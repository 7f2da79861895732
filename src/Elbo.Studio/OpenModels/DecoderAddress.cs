namespace Elbo.Studio;

/// <summary>Where a browser loads the decoder of a model, relative to the studio's root.</summary>
/// <param name="Weights">The address of the weights.</param>
/// <param name="Condition">The address of what a condition changes; null where it changes nothing.</param>
internal sealed record DecoderAddress(string Weights, string? Condition)
{
    /// <summary>The media type of both.</summary>
    public const string Type = "application/octet-stream";

    /// <summary>The path below which decoders are, each by the id of its model.</summary>
    public const string Models = "models";

    /// <summary>The addresses for a model at a condition; null where browsers cannot decode.</summary>
    public static DecoderAddress? Of(OpenModel opened, ChosenCondition condition)
    {
        if (!BrowserDecoder.IsPossible(opened))
            return null;
        var path = $"{Models}/{opened.Id}/decoder";
        var changes = opened.Conditions.Count > 0
            && (opened.Configuration.Model.ConditionDecoder || opened.Configuration.Model.Condition is { Target: not null });
        return new DecoderAddress(
            Address.Of(path, ("v", opened.Version)),
            !changes ? null : Address.Of(
                $"{path}/condition",
                ("v", opened.Version),
                ("picture", condition.Picture),
                ("label", condition.Label),
                ("attributes", condition.Attributes)));
    }
}
