using Elbo.Story;

namespace Elbo.Studio;

/// <summary>
/// The decoder of a model as a browser loads it, to draw a picture in the frame in which the hand moves. When the hand rests, the picture
/// is the server's.
/// </summary>
internal sealed class BrowserDecoder
{
    /// <summary>The most that a browser loads for one model, compressed.</summary>
    public const int MaxBytes = 300_000;

    // Of more weights even the coarsest ones are too large.
    private const long MaxWeights = 450_000;

    // Fewer steps for larger networks: the first one whose pack is small enough is taken.
    private static readonly int[] Steps = [127, 63, 31];

    private readonly OpenModel _opened;
    private readonly Lazy<(HandDecoder Decoder, ServedFile File)?> _made;

    private BrowserDecoder(OpenModel opened, Pack weights) =>
        (_opened, _made) = (opened, new(() => Make(opened.Configuration.Model, weights)));

    /// <summary>The quantised decoder; null where none is small enough.</summary>
    public HandDecoder? Quantized => _made.Value?.Decoder;

    /// <summary>Its weights, a gzipped safetensors file; null where they are too large.</summary>
    public ServedFile? Weights => _made.Value?.File;

    /// <summary>Reads the weights of a model for which it is possible. On the compute thread only; the rest may be used on any.</summary>
    public static BrowserDecoder Of(OpenModel opened) => new(opened, RunWeights.Of(opened.Id, opened.Weights));

    /// <summary>Whether a browser can decode with a model, if its weights turn out to be small enough.</summary>
    public static bool IsPossible(OpenModel opened) => HandDecoder.IsPossible(opened.Configuration.Model)
        && GeneratedPicture.CanDraw(opened.Shape)
        && HandDecoder.CountWeights(opened.Configuration.Model) <= MaxWeights;

    /// <summary>
    /// What a condition, or the nearest one that the model has, changes of it: a gzipped safetensors file. On the compute thread only.
    /// </summary>
    public ServedFile? At(ChosenCondition requested)
    {
        if (Quantized is not { } decoder)
            return null;
        var (model, condition) = (_opened.Configuration.Model, requested.For(_opened));
        float[] seen = model.ConditionDecoder ? Generator.FeaturesOf(_opened, condition) ?? [] : [];
        // The visible part of an image is not decoded but given.
        (float[], bool[])? given = model.Condition is { Target: { } target }
            ? (Generator.Decode(_opened, condition, new float[model.LatentSize]).Values.ToArray(), [.. target.Select(value => value == 0)])
            : null;
        return ServedFile.Zipped(decoder.ToPack(seen, given).ToBytes(), DecoderAddress.Type);
    }

    private static (HandDecoder, ServedFile)? Make(ModelOptions model, Pack weights)
    {
        foreach (var steps in Steps)
        {
            var decoder = HandDecoder.Of(model, weights, steps);
            var file = ServedFile.Zipped(decoder.ToPack().ToBytes(), DecoderAddress.Type);
            if (file.Bytes.Length <= MaxBytes)
                return (decoder, file);
        }

        return null;
    }
}
