namespace Elbo;

/// <summary>The shape of the networks that encoder and decoder are made of.</summary>
public sealed record NetworkOptions
{
    private const int MaxLayers = 1000;

    /// <summary><c>mlp</c> (default) for fully connected layers, <c>conv</c> for convolutions followed by a perceptron.</summary>
    public string Kind { get; init; } = "mlp";

    /// <summary>
    /// Widths of the hidden layers of the encoder, from the image to the code; the decoder has them in reverse. Default: 400.
    /// </summary>
    public IReadOnlyList<int> Hidden { get; init => field = ValueList.Of(value); } = ValueList.Of([400]);

    /// <summary>
    /// Widths of the hidden layers between the condition's features and the parameters of a prior that depends on them. Default: none,
    /// which makes these affine in the features: sufficient for labels, but not for part of an image.
    /// </summary>
    public IReadOnlyList<int> PriorHidden { get; init => field = ValueList.Of(value); } = ValueList.Of<int>([]);

    /// <summary>
    /// Whether an affine function of the condition's features is added to the output of the decoder (a skip
    /// connection). Default: no.
    /// </summary>
    public bool ConditionSkip { get; init; }

    /// <summary>
    /// Channels of the convolutions, from the image to the code; each halves height and width. Only for <c>conv</c>. Default: 32, 64.
    /// </summary>
    public IReadOnlyList<int> Channels { get; init => field = ValueList.Of(value); } = ValueList.Of([32, 64]);

    /// <summary>The activation between layers: relu (default), tanh, softplus, gelu, silu, elu or leaky-relu.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>Rejects invalid sizes.</summary>
    internal void Validate()
    {
        if (Math.Max(Hidden.Count, PriorHidden.Count) is > MaxLayers and var count)
            throw new SettingsException($"The network has {count} hidden layers, but at most {MaxLayers} are possible.");
        foreach (var size in Hidden.Concat(Channels).Concat(PriorHidden))
        {
            if (size is < 1 or > 65_536)
                throw new SettingsException($"A layer of the network has width {size}, but widths go from 1 to 65536.");
        }

        if (Channels.Count is 0 or > 8)
            throw new SettingsException($"The network has {Channels.Count} convolutions, but between 1 and 8 are possible.");
    }
}
