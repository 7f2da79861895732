using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>The models of TorchSharp's examples: layers, ReLU, two heads for mean and log-variance, noise, and the way back.</summary>
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

    protected abstract (Tensor Mean, Tensor LogVariance) Encode(Tensor x, Tensor? condition);

    protected abstract Tensor Decode(Tensor z, Tensor? condition);
}

/// <summary>Fully connected layers; the condition is joined to the input of encoder and decoder.</summary>
internal sealed class PlainPerceptron : PlainModel
{
    private readonly ModuleList<Linear> _encoder;
    private readonly Linear _mean;
    private readonly Linear _logVariance;
    private readonly ModuleList<Linear> _decoder;
    private readonly Linear _output;

    public PlainPerceptron(TrainingModel model, int pixels)
        : base(nameof(PlainPerceptron), model)
    {
        _encoder = Layers([pixels + model.Labels, .. model.Hidden]);
        _mean = nn.Linear(model.Hidden[^1], model.Latent);
        _logVariance = nn.Linear(model.Hidden[^1], model.Latent);
        _decoder = Layers([model.Latent + model.Labels, .. model.Hidden.Reverse()]);
        _output = nn.Linear(model.Hidden[0], pixels);
        RegisterComponents();
    }

    protected override (Tensor Mean, Tensor LogVariance) Encode(Tensor x, Tensor? condition)
    {
        var hidden = Through(_encoder, x, condition);
        return (_mean.forward(hidden), _logVariance.forward(hidden));
    }

    protected override Tensor Decode(Tensor z, Tensor? condition) => _output.forward(Through(_decoder, z, condition));

    private static Tensor Through(ModuleList<Linear> layers, Tensor input, Tensor? condition)
    {
        var hidden = condition is null ? input : cat([input, condition], 1);
        foreach (var layer in layers)
            hidden = nn.functional.relu(layer.forward(hidden));
        return hidden;
    }

    private static ModuleList<Linear> Layers(int[] sizes) =>
        nn.ModuleList(sizes.Zip(sizes.Skip(1), (inputs, outputs) => nn.Linear(inputs, outputs)).ToArray());
}

/// <summary>Two convolutions that halve the image, a hidden layer, and the way back.</summary>
internal sealed class PlainConvolutional : PlainModel
{
    private const int Planes = 64;
    private const int Side = 7;
    private readonly Conv2d _conv1 = nn.Conv2d(1, 32, 3, stride: 2, padding: 1);
    private readonly Conv2d _conv2 = nn.Conv2d(32, Planes, 3, stride: 2, padding: 1);
    private readonly Linear _hidden;
    private readonly Linear _mean;
    private readonly Linear _logVariance;
    private readonly Linear _widen;
    private readonly Linear _planes;
    private readonly ConvTranspose2d _deconv1 = nn.ConvTranspose2d(Planes, 32, 3, stride: 2, padding: 1, output_padding: 1);
    private readonly ConvTranspose2d _deconv2 = nn.ConvTranspose2d(32, 1, 3, stride: 2, padding: 1, output_padding: 1);

    public PlainConvolutional(TrainingModel model)
        : base(nameof(PlainConvolutional), model)
    {
        _hidden = nn.Linear(Planes * Side * Side, model.Hidden[0]);
        _mean = nn.Linear(model.Hidden[0], model.Latent);
        _logVariance = nn.Linear(model.Hidden[0], model.Latent);
        _widen = nn.Linear(model.Latent, model.Hidden[0]);
        _planes = nn.Linear(model.Hidden[0], Planes * Side * Side);
        RegisterComponents();
    }

    protected override (Tensor Mean, Tensor LogVariance) Encode(Tensor x, Tensor? condition)
    {
        var first = nn.functional.relu(_conv1.forward(x.view(-1, 1, 28, 28)));
        var planes = nn.functional.relu(_conv2.forward(first));
        var hidden = nn.functional.relu(_hidden.forward(planes.flatten(1)));
        return (_mean.forward(hidden), _logVariance.forward(hidden));
    }

    protected override Tensor Decode(Tensor z, Tensor? condition)
    {
        var hidden = nn.functional.relu(_widen.forward(z));
        var planes = nn.functional.relu(_planes.forward(hidden)).view(-1, Planes, Side, Side);
        return _deconv2.forward(nn.functional.relu(_deconv1.forward(planes))).flatten(1);
    }
}
