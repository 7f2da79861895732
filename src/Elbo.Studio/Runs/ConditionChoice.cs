namespace Elbo.Studio;

/// <summary>What a model is to be conditioned on, as chosen in the form: together a condition as <c>--condition</c> takes it.</summary>
/// <param name="OnLabel">Whether on the label.</param>
/// <param name="OnAttributes">Whether on attributes.</param>
/// <param name="Attributes">The names of those attributes, between them a comma; empty for all.</param>
/// <param name="Region">The visible region of an image, a name or a form with <paramref name="Numbers"/>; empty for none.</param>
/// <param name="Numbers">TOP,LEFT,HEIGHT,WIDTH of a form.</param>
internal sealed record ConditionChoice(
    bool OnLabel = false, bool OnAttributes = false, string Attributes = "", string Region = ConditionChoice.NoRegion, string Numbers = "")
{
    public const string NoRegion = "";
    private const string Parameters = ":TOP,LEFT,HEIGHT,WIDTH";
    private const int NumberCount = 4;

    /// <summary>The regions by name, and the forms that need numbers. A mask is a file, and no page names a path.</summary>
    public static IReadOnlyList<string> AllRegions { get; } =
    [
        .. Regions.Names,
        .. ConditionText.Forms.Where(form => form.EndsWith(Parameters, StringComparison.Ordinal))
            .Select(form => form[..^Parameters.Length]),
    ];

    /// <summary>Whether the region is a form that needs numbers.</summary>
    public bool NeedsNumbers => Region.Length > 0 && !Regions.Names.Contains(Region);

    /// <summary>Whether nothing is chosen.</summary>
    public bool IsEmpty => !OnLabel && !OnAttributes && Region.Length == 0;

    /// <summary>The condition as one word; empty if nothing is chosen.</summary>
    public string Text => string.Join('+', new[]
    {
        OnLabel ? "label" : "",
        OnAttributes ? "attributes" : "",
        RegionText,
    }.Where(part => part.Length > 0));

    private string RegionText => NeedsNumbers ? $"{Region}:{Numbers}" : Region;

    /// <summary>The choice that a preset makes.</summary>
    public static ConditionChoice Of(Condition? condition) => condition switch
    {
        LabelCondition => new(OnLabel: true),
        AttributesCondition => new(OnAttributes: true),
        RegionCondition { Mask: null, Visible: var visible } => visible.Split(':') is [var form, var numbers]
            ? new(Region: form, Numbers: numbers)
            : new(Region: visible),
        _ => new(),
    };

    /// <summary>A copy with values that are allowed; what is not, is left out.</summary>
    public ConditionChoice Clamped()
    {
        var region = Address.OneOf(Region, NoRegion, AllRegions);
        var numbers = (Numbers ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Select(text => Address.Integer(text, -1, -1, int.MaxValue)).ToList();
        return this with
        {
            Region = region,
            Numbers = region.Length > 0 && !Regions.Names.Contains(region)
                && numbers.Count == NumberCount && numbers.TrueForAll(number => number >= 0)
                ? string.Join(',', numbers)
                : "",
            Attributes = OnAttributes ? Attributes ?? "" : "",
        };
    }

    /// <summary>The positions of the chosen attributes of data.</summary>
    public IReadOnlyList<int> Chosen(DataFacts data)
    {
        var names = Attributes.Split(',').ToHashSet(StringComparer.Ordinal);
        return
        [
            .. data.Attributes.Index()
                .Where(each => Attributes.Length == 0 || !data.AreAttributesSelectable || names.Contains(each.Item))
                .Select(each => each.Index),
        ];
    }

    /// <summary>
    /// Why the data does not have this condition, as the name of a text in the language of the page; null if it has. The program that
    /// trains refuses it too.
    /// </summary>
    public string? FindProblem(DataFacts data)
    {
        if (IsEmpty)
            return "Runs.Form.Condition.Empty";
        if (OnLabel && data.LabelCount == 0)
            return "Runs.Form.Condition.NoLabels";
        if (OnAttributes && data.Attributes.Count == 0)
            return "Runs.Form.Condition.NoAttributes";
        if (OnAttributes && Chosen(data).Count == 0)
            return "Runs.Form.Condition.NoneChosen";
        if (Region.Length == 0)
            return null;
        if (data.Shape.Image is not { } image)
            return "Runs.Form.Condition.NoImages";
        try
        {
            _ = Condition.Region(RegionText, image);
            return null;
        }
        catch (SettingsException)
        {
            return NeedsNumbers ? "Runs.Form.Condition.WrongNumbers" : "Runs.Form.Condition.WrongRegion";
        }
    }
}
