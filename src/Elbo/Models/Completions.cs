namespace Elbo;

/// <summary>
/// Images completed from their visible part: several completions of each, their mean and their standard deviation. The visible part is the
/// same in all of them.
/// </summary>
public sealed class Completions
{
    private Completions(
        ExampleValues visible, ExampleValues truth, ExampleValues drawn, ExampleValues mean, ExampleValues spread, int each) =>
        (Visible, Truth, Drawn, Mean, Spread, Each) = (visible, truth, drawn, mean, spread, each);

    /// <summary>The visible part of each image; hidden pixels are middle grey.</summary>
    public ExampleValues Visible { get; }

    /// <summary>The complete images.</summary>
    public ExampleValues Truth { get; }

    /// <summary>The completions: those of the first picture, then those of the second, and so on.</summary>
    public ExampleValues Drawn { get; }

    /// <summary>The number of completions of each image.</summary>
    public int Each { get; }

    /// <summary>The mean of the completions of each picture.</summary>
    public ExampleValues Mean { get; }

    /// <summary>
    /// The standard deviation of each pixel over the completions of its image: at most one half for values between 0 and 1.
    /// </summary>
    public ExampleValues Spread { get; }

    /// <summary>Completes pictures: z from the prior p(z|c), then the mean of p(x|z,c), or a draw from it.</summary>
    /// <param name="model">A model that is conditioned on a region.</param>
    /// <param name="pictures">The images; their hidden parts are not used.</param>
    /// <param name="each">How many completions of each.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="draw">Whether pixels are drawn from p(x|z,c) instead of showing its mean.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The completions.</returns>
    /// <exception cref="SettingsException">The model is not conditioned on a region.</exception>
    /// <exception cref="InputException">The pictures lack the condition.</exception>
    /// <exception cref="ArgumentException">
    /// Model or pictures are null, their values do not fit the model, or the number of completions is not positive or more than an array
    /// can hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Completions Of(
        LatentVariableModel model,
        ExampleSet pictures,
        int each,
        ulong seed = 0,
        bool draw = false,
        Binarization? binarize = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(each);
        model.EnsureArrayHolds(each, pictures.Count, nameof(each));
        using var inference = model.BeginInference();
        var (truth, visible) = model.Masked(pictures, binarize, seed, cancellationToken);
        var drawn = model.Sample(each, pictures, seed, draw, binarize, cancellationToken);
        var (mean, spread) = Moments(drawn, each);
        return new Completions(visible, truth, drawn, mean, spread, each);
    }

    private static (ExampleValues Mean, ExampleValues Spread) Moments(ExampleValues drawn, int each)
    {
        var pixels = drawn.Shape.Size;
        var count = drawn.Count / each;
        var (mean, spread) = (new float[count * pixels], new float[count * pixels]);
        var values = drawn.Values.Span;
        for (var i = 0; i < mean.Length; i++)
        {
            var first = i / pixels * each * pixels + i % pixels;
            var (sum, squares) = (0.0, 0.0);
            for (var k = 0; k < each; k++)
                sum += values[first + k * pixels];
            for (var k = 0; k < each; k++)
                squares += Math.Pow(values[first + k * pixels] - sum / each, 2);
            (mean[i], spread[i]) = ((float)(sum / each), (float)Math.Sqrt(squares / each));
        }

        return (new ExampleValues(drawn.Shape, mean), new ExampleValues(drawn.Shape, spread));
    }
}
