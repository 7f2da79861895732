using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>
/// The models of TorchSharp's examples: an encoder with ReLU or tanh and two heads for mean and log-variance, reparameterization, and a
/// decoder.
/// </summary>
internal abstract class PlainModel : nn.Module
{
    private readonly TrainingModel _model;
    private readonly Linear? _prior;

    protected PlainModel(string name, TrainingModel model)
        : base(name)
    {
        _model = model;
        _prior = model.Prior switch
        {
            "standard" => null,
            "mean" => nn.Linear(model.Labels, model.Latent),
            _ => nn.Linear(model.Labels, 2 * model.Latent),
        };
    }

    public (Tensor Logits, Tensor Mean, Tensor LogVariance) Forward(Tensor x, Tensor? condition)
    {
        var (mean, logVariance) = Encode(x, condition);
        var z = mean + randn_like(mean) * (logVariance * 0.5).exp();
        return (Decode(z, condition), mean, logVariance);
    }

    public Tensor KullbackLeibler(Tensor mean, Tensor logVariance, Tensor? condition)
    {
        if (_prior is null)
            return -0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum();
        var prior = _prior.forward(condition!);
        if (_model.Prior == "mean")
            return -0.5 * (1 + logVariance - (mean - prior).pow(2) - logVariance.exp()).sum();
        var halves = prior.chunk(2, -1);
        var spread = ((mean - halves[0]).pow(2) + logVariance.exp()) / halves[1].exp();
        return -0.5 * (1 + logVariance - halves[1] - spread).sum();
    }

    /// <summary>Returns log p(x|z) + log p(z) - log q(z|x) for samples of z, implemented literally, as [draws, batch].</summary>
    public Tensor LogWeights(Tensor mean, Tensor logVariance, Tensor x, Tensor? condition, int draws)
    {
        var z = mean + randn(draws, mean.shape[0], mean.shape[1]) * (logVariance * 0.5).exp();
        var repeated = condition?.unsqueeze(0).expand(draws, -1, -1).flatten(0, 1);
        var logits = Decode(z.flatten(0, 1), repeated).view(draws, x.shape[0], x.shape[1]);
        var images = x.unsqueeze(0).expand_as(logits);
        var logLikelihood = -nn.functional.binary_cross_entropy_with_logits(logits, images, reduction: nn.Reduction.None).sum(-1);
        return logLikelihood + LogPrior(z, condition) - LogNormal(z, mean, logVariance);
    }

    public abstract (Tensor Mean, Tensor LogVariance) Encode(Tensor x, Tensor? condition);

    protected abstract Tensor Decode(Tensor z, Tensor? condition);

    private Tensor LogPrior(Tensor z, Tensor? condition)
    {
        if (_prior is null)
            return LogNormal(z, zeros_like(z), zeros_like(z));
        var prior = _prior.forward(condition!);
        if (_model.Prior == "mean")
            return LogNormal(z, prior, zeros_like(prior));
        var halves = prior.chunk(2, -1);
        return LogNormal(z, halves[0], halves[1]);
    }

    private static Tensor LogNormal(Tensor z, Tensor mean, Tensor logVariance) =>
        -0.5 * (Math.Log(2 * Math.PI) + logVariance + (z - mean).pow(2) / logVariance.exp()).sum(-1);
}

/// <summary>Fully connected layers; the condition is concatenated to the input of encoder and decoder.</summary>
internal sealed class PlainPerceptron : PlainModel
{
    private readonly Func<Tensor, Tensor> _activation;
    private readonly ModuleList<Linear> _encoder;
    private readonly Linear _mean;
    private readonly Linear _logVariance;
    private readonly ModuleList<Linear> _decoder;
    private readonly Linear _output;

    public PlainPerceptron(TrainingModel model, int pixels)
        : base(nameof(PlainPerceptron), model)
    {
        _activation = model.Activation == "tanh" ? hidden => nn.functional.tanh(hidden) : hidden => nn.functional.relu(hidden);
        _encoder = Layers([pixels + model.Labels, .. model.Hidden]);
        _mean = nn.Linear(model.Hidden[^1], model.Latent);
        _logVariance = nn.Linear(model.Hidden[^1], model.Latent);
        _decoder = Layers([model.Latent + model.Labels, .. model.Hidden.Reverse()]);
        _output = nn.Linear(model.Hidden[0], pixels);
        RegisterComponents();
    }

    public override (Tensor Mean, Tensor LogVariance) Encode(Tensor x, Tensor? condition)
    {
        var hidden = Through(_encoder, x, condition);
        return (_mean.forward(hidden), _logVariance.forward(hidden));
    }

    protected override Tensor Decode(Tensor z, Tensor? condition) => _output.forward(Through(_decoder, z, condition));

    private Tensor Through(ModuleList<Linear> layers, Tensor input, Tensor? condition)
    {
        var hidden = condition is null ? input : cat([input, condition], 1);
        foreach (var layer in layers)
            hidden = _activation(layer.forward(hidden));
        return hidden;
    }

    private static ModuleList<Linear> Layers(int[] sizes) =>
        nn.ModuleList(sizes.Zip(sizes.Skip(1), (inputs, outputs) => nn.Linear(inputs, outputs)).ToArray());
}

/// <summary>Two strided convolutions and a hidden layer as the encoder, and the mirrored decoder.</summary>
internal sealed class PlainConvolutional : PlainModel
{
    private const int Planes = 64;
    private const int Side = 7;
    private readonly Conv2d _conv1 = nn.Conv2d(1, 32, 3, stride: 2, padding: 1);
    private readonly Conv2d _conv2 = nn.Conv2d(32, Planes, 3, stride: 2, padding: 1);
    private readonly Linear _hidden;
    private readonly Linear _mean;
    private readonly Linear _logVariance;
    private readonly Linear _decoderHidden;
    private readonly Linear _decoderPlanes;
    private readonly ConvTranspose2d _deconv1 = nn.ConvTranspose2d(Planes, 32, 3, stride: 2, padding: 1, output_padding: 1);
    private readonly ConvTranspose2d _deconv2 = nn.ConvTranspose2d(32, 1, 3, stride: 2, padding: 1, output_padding: 1);

    public PlainConvolutional(TrainingModel model)
        : base(nameof(PlainConvolutional), model)
    {
        _hidden = nn.Linear(Planes * Side * Side, model.Hidden[0]);
        _mean = nn.Linear(model.Hidden[0], model.Latent);
        _logVariance = nn.Linear(model.Hidden[0], model.Latent);
        _decoderHidden = nn.Linear(model.Latent, model.Hidden[0]);
        _decoderPlanes = nn.Linear(model.Hidden[0], Planes * Side * Side);
        RegisterComponents();
    }

    public override (Tensor Mean, Tensor LogVariance) Encode(Tensor x, Tensor? condition)
    {
        var first = nn.functional.relu(_conv1.forward(x.view(-1, 1, 28, 28)));
        var planes = nn.functional.relu(_conv2.forward(first));
        var hidden = nn.functional.relu(_hidden.forward(planes.flatten(1)));
        return (_mean.forward(hidden), _logVariance.forward(hidden));
    }

    protected override Tensor Decode(Tensor z, Tensor? condition)
    {
        var hidden = nn.functional.relu(_decoderHidden.forward(z));
        var planes = nn.functional.relu(_decoderPlanes.forward(hidden)).view(-1, Planes, Side, Side);
        return _deconv2.forward(nn.functional.relu(_deconv1.forward(planes))).flatten(1);
    }
}
