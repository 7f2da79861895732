namespace Elbo.Studio;

/// <summary>
/// A model that views show, bundled or of a run, with the held-out examples that it is shown on. Whatever uses weights runs on the compute
/// thread.
/// </summary>
internal sealed class OpenModel
{
    private readonly Func<LatentVariableModel> _weights;
    private readonly Lazy<ShownExamples> _shown;
    private readonly Lazy<IReadOnlyList<AttributeRange>> _attributeRanges;
    private LatentSummary? _latents;
    private BrowserDecoder? _decoder;

    /// <summary>Describes a model.</summary>
    /// <param name="id">Its id in URLs.</param>
    /// <param name="name">The name of its run, or of the bundled model.</param>
    /// <param name="configuration">How it was trained.</param>
    /// <param name="examples">Held-out examples: none of them was trained on.</param>
    /// <param name="weights">Gives the model with its weights, which belongs to the store of models.</param>
    public OpenModel(
        string id, string name, RunConfiguration configuration, ExampleSet examples, Func<LatentVariableModel> weights)
    {
        (Id, Name, Configuration, Examples, _weights) = (id, name, configuration, examples, weights);
        _shown = new(() => ShownExamples.Of(Examples));
        _attributeRanges = new(() => AttributeRange.Of(this));
    }

    /// <summary>Its id in URLs.</summary>
    public string Id { get; }

    /// <summary>The name of its run, or of the bundled model.</summary>
    public string Name { get; }

    /// <summary>How it was trained.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>Held-out examples: none of them was trained on.</summary>
    public ExampleSet Examples { get; }

    /// <summary>The run whose model it is; null for a bundled model.</summary>
    public RunEntry? Run { get; init; }

    /// <summary>The bundled model; null for that of a run.</summary>
    public BundledModel? Bundled { get; init; }

    /// <summary>What label 0, 1, ... stand for; null where that is not known.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>Which split the examples are, as the option --split names it.</summary>
    public string Split { get; init; } = "test";

    /// <summary>What is another text once the weights of the run have changed; null where they do not change.</summary>
    public string? Version { get; init; }

    /// <summary>The shape of each value.</summary>
    public ValueShape Shape => Configuration.Model.Shape;

    /// <summary>The number of latent dimensions.</summary>
    public int LatentSize => Configuration.Model.LatentSize;

    /// <summary>Whether it is an autoencoder: codes are points, and the loss has no KL term.</summary>
    public bool IsAutoencoder => Configuration.Model.Posterior == Posteriors.Point;

    /// <summary>The parts of its condition; empty for a model without one.</summary>
    public IReadOnlyList<Condition> Conditions => Configuration.Model.Condition switch
    {
        null => [],
        JoinedCondition joined => joined.Parts,
        var single => [single],
    };

    /// <summary>Its condition on labels, alone or with others; null where there is none.</summary>
    public LabelCondition? Labels => Conditions.OfType<LabelCondition>().FirstOrDefault();

    /// <summary>Its condition on attributes, alone or with others; null where there is none.</summary>
    public AttributesCondition? Attributes => Conditions.OfType<AttributesCondition>().FirstOrDefault();

    /// <summary>Its condition on the visible part of an image, alone or with others; null where there is none.</summary>
    public RegionCondition? Region => Conditions.OfType<RegionCondition>().FirstOrDefault();

    /// <summary>Whether a drawing of 28 by 28 pixels, bright on dark, can be one of its values.</summary>
    public bool TakesDrawings => Shape.Image == MnistImages.Shape && Attributes is null;

    /// <summary>The examples whose codes are plotted, and one of each label to choose from.</summary>
    public ShownExamples Shown => _shown.Value;

    /// <summary>The names of the attributes; "1", "2", ... where they have none.</summary>
    public IReadOnlyList<string> AttributeNames => Examples.Attributes?.ValueNames is { } names
        ? [.. names.Select(PrintableText.Of)]
        : [.. Enumerable.Range(1, Attributes?.FeatureCount ?? 0).Select(index => $"{index}")];

    /// <summary>The attributes that it is conditioned on as sliders; empty for none.</summary>
    public IReadOnlyList<AttributeRange> AttributeRanges => _attributeRanges.Value;

    /// <summary>The model with its weights. On the compute thread only, and for the duration of a job.</summary>
    /// <exception cref="InputException">The weights cannot be read.</exception>
    public LatentVariableModel Weights => _weights();

    /// <summary>What its latent dimensions carry, computed at the first use. On the compute thread only.</summary>
    public LatentSummary Latents => _latents ??= LatentSummary.Of(this);

    /// <summary>Its decoder for browsers, made at the first use. On the compute thread only.</summary>
    public BrowserDecoder Decoder => _decoder ??= BrowserDecoder.Of(this);

    /// <summary>
    /// Whether a latent dimension, counted from 0, carries information about held-out examples. On the compute thread only.
    /// </summary>
    public bool IsActive(int dimension) => Bundled is { } bundled
        ? bundled.Figures.ActiveDimensions.Contains(dimension)
        : Latents.IsActive(dimension);

    /// <summary>The name of a label, or its number.</summary>
    public string TextOfLabel(int label) =>
        label >= 0 && label < LabelNames?.Count ? PrintableText.Of(LabelNames[label]) : $"{label}";
}
