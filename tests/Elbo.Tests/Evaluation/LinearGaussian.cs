using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// A model whose likelihood is known in closed form (Tipping and Bishop 1999): z ~ N(mu_p(c), diag sigma_p²(c)) and x ~ N(W z + b, sigma²
/// I), so that x ~ N(W mu_p(c) + b, W diag sigma_p²(c) Wᵀ + sigma² I). The columns of W are orthogonal, and the posterior is a diagonal
/// Gaussian.
/// </summary>
internal sealed class LinearGaussian : IDisposable
{
    public const int Values = 6;
    public const int Latent = 2;
    private const double Sigma = 0.5;
    private const int Labels = 3;

    private readonly Tensor _loadings;
    private readonly Tensor _offset;
    private readonly GaussianPrior _prior;

    /// <summary>Makes the model, in float64; its tensors are left to the caller's dispose scope.</summary>
    /// <param name="conditional">Whether there is a label, which moves the mean of the prior and changes its variance.</param>
    /// <param name="error">
    /// How far the mean of the posterior is from the true one in each dimension, in its standard deviations; 0 for exact.
    /// </param>
    public LinearGaussian(bool conditional, double error)
    {
        var (orthogonal, _) = linalg.qr(Tensors.Normal(1, float64, Values, Latent));
        _loadings = orthogonal * tensor(new[] { 1.5, 0.8 });
        _offset = Tensors.Normal(2, float64, Values);
        _prior = (GaussianPrior)Priors.Create(
            conditional ? "mean-variance" : "standard",
            new ModelOptions { LatentSize = Latent },
            conditional ? Labels : 0,
            new WeightNoise(3));
        _prior.to(float64);
        using (no_grad())
        {
            // Means of up to two and variances of a third to three.
            foreach (var parameter in _prior.parameters())
                parameter.mul_(Number(2));
        }

        var decoder = nn.Linear(Latent, Values, dtype: float64);
        using (no_grad())
        {
            decoder.weight!.copy_(_loadings);
            decoder.bias!.copy_(_offset);
        }

        var options = new ModelOptions
        {
            Shape = new ImageShape(1, 2, 3),
            LatentSize = Latent,
            Condition = conditional ? Condition.Label(Labels) : null,
            ConditionDecoder = !conditional,
        };
        Model = new LatentVariableModel(
            options,
            new GaussianEncoder(new ConditionedModule(new Posterior(this, error), 2 * Latent)),
            _prior,
            new Decoder(new ConditionedModule(decoder, Values), seesCondition: false),
            new LinearGaussianLikelihood());
    }

    public LatentVariableModel Model { get; }

    /// <summary>Examples drawn from the model.</summary>
    public Batch Examples(int count)
    {
        var labels = (arange(Number(0), Number(count), One) % Number(Labels)).to(int64);
        var features = Model.Condition is null ? null : nn.functional.one_hot(labels, Labels).to(float64);
        var z = _prior.At(features).Sample(Tensors.Normal(4, float64, count, Latent));
        var x = z.mm(_loadings.t()).Plus(_offset).Plus(Tensors.Normal(5, float64, count, Values) * Number(Sigma));
        return new Batch(x.detach(), features) { Labels = Model.Condition is null ? null : labels };
    }

    /// <summary>log p(x|c) in closed form.</summary>
    public double[] LogDensity(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var features = batch.Features;
        var answers = new double[batch.Values.shape[0]];
        for (var i = 0; i < answers.Length; i++)
        {
            var prior = _prior.At(features?.narrow(0, i, 1));
            var variances = (prior.LogVariance ?? zeros_like(prior.Mean)).to(float64).exp().view(-1);
            var covariance = (_loadings * variances).mm(_loadings.t()).Plus(eye(Values, dtype: float64) * Number(Sigma * Sigma));
            var error = batch.Values[i] - _loadings.mv(prior.Mean.to(float64).view(-1)) - _offset;
            var distance = error.dot(covariance.inverse().mv(error)).item<double>();
            answers[i] = -0.5 * (Values * Math.Log(2 * Math.PI) + covariance.logdet().item<double>() + distance);
        }

        return answers;
    }

    public void Dispose() => Model.Dispose();

    /// <summary>The true posterior, less its error, as a network would output it: means and raw log-variances.</summary>
    private sealed class Posterior(LinearGaussian owner, double error) : nn.Module<Tensor, Tensor?, Tensor>(nameof(Posterior))
    {
        public override Tensor forward(Tensor x, Tensor? features)
        {
            var prior = owner._prior.At(features);
            var precision = prior.LogVariance is null ? ones_like(prior.Mean) : (-prior.LogVariance).exp();
            var variance = One / precision.Plus(owner._loadings.Squared().sum(dim: 0) / Number(Sigma * Sigma));
            var mean = variance * (prior.Mean * precision).Plus((x - owner._offset).mm(owner._loadings) / Number(Sigma * Sigma));
            mean = mean.Plus(variance.sqrt() * Number(error));
            // The inverse of the bound that the encoder puts on log-variances.
            var raw = (variance.log() / Number(LogVarianceBound.Limit)).atanh() * Number(LogVarianceBound.Limit);
            return cat([mean, raw.expand_as(mean)], -1);
        }
    }

    private sealed class LinearGaussianLikelihood() : Likelihood(nameof(LinearGaussianLikelihood))
    {
        public override Tensor LogDensityPerValue(Tensor output, Tensor x) =>
            ((x - output) / Number(Sigma)).Squared() * Number(-0.5) - Number(Math.Log(Sigma) + 0.5 * Math.Log(2 * Math.PI));

        public override Tensor Mean(Tensor output) => output;

        public override Tensor Draw(Tensor output, Tensor uniform) => output.Plus(uniform.NormalQuantile() * Number(Sigma));
    }
}
