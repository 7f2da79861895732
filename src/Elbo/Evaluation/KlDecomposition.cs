using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The KL averaged over a split, decomposed as by Chen et al. (2018), in the prior's own coordinates u, with q(u) the average of q(u|x,c)
/// over all examples of the split: KL = E[log q(u|x) - log q(u)] + E[log q(u) - Σ_j log q(u_j)] + E[Σ_j log q(u_j) - log p(u_j)]. The
/// averages are exact, over every example; the expectations are Monte Carlo, over one draw of u for each of some of them.
/// </summary>
/// <param name="MutualInformation">
/// The index-code mutual information: the nats a code has about which example it belongs to. Its maximum is log(examples); close to that it
/// is not informative about the model.
/// </param>
/// <param name="TotalCorrelation">KL(q(u) || Π_j q(u_j)): the dependence between the dimensions.</param>
/// <param name="DimensionWise">Σ_j KL(q(u_j) || N(0, 1)): the divergence of each dimension from the prior.</param>
/// <param name="Draws">The number of draws in the expectations.</param>
public sealed record KlDecomposition(MeanEstimate MutualInformation, MeanEstimate TotalCorrelation, MeanEstimate DimensionWise, int Draws)
{
    private const int MaxDraws = 1_000;

    // Draws under all posteriors at once: at ten thousand examples a matrix of five megabytes, which stays in the caches.
    private const int ChunkRows = 128;

    /// <summary>Decomposes the KL of some examples.</summary>
    /// <param name="model">A model with one latent group, a Gaussian posterior and a Gaussian prior.</param>
    /// <param name="data">The examples.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in the training of the model.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The three parts, in nats; their sum is the KL of <see cref="SplitTerms.Kl"/> within their standard errors.</returns>
    /// <exception cref="SettingsException">The model's posterior or prior is not a Gaussian.</exception>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static KlDecomposition Of(
        GenerativeModel model,
        ExampleSet data,
        ulong seed = 0,
        Binarization? binarize = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        using var coordinates = PosteriorCoordinates.Of(model, data, seed, binarize, cancellationToken) ?? throw new SettingsException(
            "The KL can be decomposed only for a Gaussian posterior under a Gaussian Prior: choose 'standard', 'mean' or 'mean-variance'.");
        return Of(coordinates, seed, cancellationToken);
    }

    /// <summary>Decomposes the KL of a split.</summary>
    /// <param name="coordinates">The posteriors of all its examples.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The three parts, in nats.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static KlDecomposition Of(PosteriorCoordinates coordinates, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (mean, logVariance) = (coordinates.Mean.to(float32), coordinates.LogVariance.to(float32));
        var examples = (int)mean.shape[0];
        var count = Math.Min(MaxDraws, examples);
        long[] chosen = [.. new SplitMix64(RandomStream.Derive(seed, RandomPurpose.KlDecomposition)).Permutation(examples)[..count]];
        var indices = tensor(chosen, device: mean.device);
        var epsilon = new NoiseStream(seed, RandomPurpose.KlDecomposition).Normal(chosen, (int)mean.shape[1], 1, mean.device);
        var own = new DiagonalGaussian(mean.index_select(0, indices), logVariance.index_select(0, indices));
        var draws = own.Sample(epsilon);
        var conditional = own.LogDensityOfSample(epsilon);
        var prior = new DiagonalGaussian(zeros_like(draws)).LogDensity(draws);

        // The same memory is used for every dimension: allocating blocks of this size each time would fragment the C heap.
        var (joint, logs) = (empty(ChunkRows, examples, float32, mean.device), empty(ChunkRows, examples, float32, mean.device));
        List<double> information = [], correlation = [], dimensionWise = [];
        for (var start = 0; start < count; start += ChunkRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var rows = Math.Min(ChunkRows, count - start);
            var (whole, product) = LogAverages(
                mean, logVariance, draws.narrow(0, start, rows), joint.narrow(0, 0, rows), logs.narrow(0, 0, rows));
            information.AddRange(ToArray(conditional.narrow(0, start, rows) - whole));
            correlation.AddRange(ToArray(whole - product));
            dimensionWise.AddRange(ToArray(product - prior.narrow(0, start, rows)));
        }

        return new KlDecomposition(MeanEstimate.Of(information), MeanEstimate.Of(correlation), MeanEstimate.Of(dimensionWise), count);
    }

    /// <summary>
    /// log q(u) and Σ_j log q(u_j) of rows of draws, one dimension after the other. <paramref name="joint"/> and <paramref name="logs"/>
    /// are overwritten, <c>[rows, examples]</c>.
    /// </summary>
    private static (Tensor Joint, Tensor Product) LogAverages(Tensor mean, Tensor logVariance, Tensor draws, Tensor joint, Tensor logs)
    {
        joint.zero_();
        var product = zeros(draws.shape[0], draws.dtype, draws.device);
        for (var dimension = 0; dimension < draws.shape[1]; dimension++)
        {
            using var scope = NewDisposeScope();
            var (center, spread) = (mean.select(1, dimension), logVariance.select(1, dimension));
            logs.copy_(draws.select(1, dimension).unsqueeze(1)).sub_(center).mul_((spread * Number(-0.5)).exp()).pow_(Number(2));
            logs.add_(spread.Plus(NormalDensity.LogTwoPi), One).mul_(Number(-0.5));
            joint.add_(logs, One);
            product.add_(LogSumExpInPlace(logs), One);
        }

        var logExamples = Math.Log(mean.shape[0]);
        return (LogSumExpInPlace(joint) - Number(logExamples), product - Number(draws.shape[1] * logExamples));
    }

    /// <summary>log Σ exp of each row, which is overwritten.</summary>
    private static Tensor LogSumExpInPlace(Tensor rows)
    {
        var max = rows.amax([1], keepdim: true);
        return rows.sub_(max).exp_().sum(1).log().Plus(max.squeeze(1));
    }

    private static double[] ToArray(Tensor values) => values.to(float64).cpu().data<double>().ToArray();

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(KlDecomposition), PrintMembers);
}
