using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>
/// The VAE that a TorchSharp user writes today: Linear layers, binary_cross_entropy_with_logits, torch.optim.Adam. It is even spared the
/// DataLoader: batches come from one resident tensor, as Elbo's do.
/// </summary>
internal sealed class PlainTorchSharp : nn.Module<Tensor, (Tensor Logits, Tensor Mean, Tensor LogVariance)>
{
    private const int BatchSize = 128;
    private readonly Linear _hidden;
    private readonly Linear _mean;
    private readonly Linear _logVariance;
    private readonly Linear _widen;
    private readonly Linear _output;

    public PlainTorchSharp(int pixels, int hidden, int latent)
        : base(nameof(PlainTorchSharp))
    {
        _hidden = nn.Linear(pixels, hidden);
        _mean = nn.Linear(hidden, latent);
        _logVariance = nn.Linear(hidden, latent);
        _widen = nn.Linear(latent, hidden);
        _output = nn.Linear(hidden, pixels);
        RegisterComponents();
    }

    public override (Tensor Logits, Tensor Mean, Tensor LogVariance) forward(Tensor input)
    {
        var hidden = nn.functional.relu(_hidden.forward(input));
        var (mean, logVariance) = (_mean.forward(hidden), _logVariance.forward(hidden));
        var z = mean + randn_like(mean) * (logVariance * 0.5).exp();
        return (_output.forward(nn.functional.relu(_widen.forward(z))), mean, logVariance);
    }

    /// <summary>Trains one epoch and answers the examples per second.</summary>
    public static double Epoch(ImageDataset data, PlainTorchSharp model, optim.Optimizer optimizer)
    {
        using var pixels = tensor(data.Pixels.ToArray(), [data.Count, data.Shape.Pixels], uint8);
        var started = Stopwatch.GetTimestamp();
        using var order = randperm(data.Count, int64);
        for (var start = 0; start < data.Count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, start, Math.Min(BatchSize, data.Count - start));
            var x = pixels.index_select(0, indices).to(float32) / 255;
            var (logits, mean, logVariance) = model.forward(x);
            var reconstruction = nn.functional.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.Sum);
            var kl = -0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum();
            var loss = (reconstruction + kl) / x.shape[0];
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            // As the examples do, the loss is looked at.
            _ = loss.item<float>();
        }

        return data.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
