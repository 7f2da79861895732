using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// A model whose latent variable is not a Gaussian: one of a few categories, relaxed to the interior of the simplex so that draws have a
/// gradient (the Concrete distribution of Maddison, Mnih and Teh 2017; Jang, Gu and Poole 2017).
/// </summary>
internal sealed class CategoricalModel : GenerativeModel
{
    public const int Categories = 3;

    private readonly Linear _encoder;
    private readonly Linear _decoder;

    public CategoricalModel(ValueShape shape, ulong seed)
        : base(nameof(CategoricalModel), shape, new BernoulliLikelihood(), null, new LatentGroup("y", Categories, NoiseKind.Uniform))
    {
        var noise = new WeightNoise(seed);
        (_encoder, _decoder) = (nn.Linear(shape.Size, Categories), nn.Linear(Categories, shape.Size));
        using (no_grad())
        {
            foreach (var parameter in new[] { _encoder.weight!, _decoder.weight! })
                parameter.copy_(noise.Normal(parameter.shape) * Number(0.3));
        }

        RegisterComponents();
    }

    public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
    {
        var posterior = new Concrete(_encoder.forward(x));
        var y = posterior.Sample(noise[0]);
        return new ForwardPass(_decoder.forward(y), [new LatentVariable("y", posterior, Uniform(x), noise[0], y)]);
    }

    public override Tensor Generate(Tensor? features, Noise noise) => _decoder.forward(Uniform(noise[0]).Sample(noise[0]));

    /// <summary>The probabilities of the categories of each image.</summary>
    public Tensor Classify(Tensor x) => _encoder.forward(x).softmax(-1);

    private static Concrete Uniform(Tensor like) => new(zeros(1, Categories, like.dtype, like.device));
}

/// <summary>The Concrete distribution: a draw is softmax((logits + G) / T), with G from the Gumbel distribution.</summary>
internal sealed class Concrete(Tensor logits, double temperature = 0.6) : LatentDistribution
{
    public override NoiseKind Noise => NoiseKind.Uniform;

    public override Tensor Mean => logits.softmax(-1);

    public override Tensor Variance => Mean * One.Minus(Mean);

    public override Tensor Sample(Tensor noise) => LogSample(noise).exp();

    public override Tensor LogDensityOfSample(Tensor noise) => LogDensityOfLog(LogSample(noise));

    public override Tensor LogDensity(Tensor z) => LogDensityOfLog(z.clamp_min(Number(1e-30)).log());

    // log p(y) = log (n-1)! + (n-1) log T + Σ (l_k - (T + 1) log y_k) - n logsumexp(l_k - T log y_k), with l the normalised logits.
    private Tensor LogDensityOfLog(Tensor logs)
    {
        var normalized = logits.log_softmax(-1);
        var n = logits.shape[^1];
        var constant = Enumerable.Range(1, (int)n - 1).Sum(i => Math.Log(i)) + (n - 1) * Math.Log(temperature);
        return ((normalized - logs * Number(temperature + 1)).sum(-1)
            - (normalized - logs * Number(temperature)).logsumexp(-1) * Number(n)).Plus(constant);
    }

    private Tensor LogSample(Tensor noise) => (logits - (-noise.log()).log()).div(Number(temperature)).log_softmax(-1);
}
