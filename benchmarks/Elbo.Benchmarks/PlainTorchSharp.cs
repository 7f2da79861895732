using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>
/// The VAE that a TorchSharp user writes today: Linear layers, binary_cross_entropy_with_logits, torch.optim.Adam.
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

    /// <summary>Trains one epoch from a DataLoader, as TorchSharp's examples do, and answers the examples per second.</summary>
    public static double EpochFromLoader(utils.data.Dataset data, PlainTorchSharp model, optim.Optimizer optimizer)
    {
        using var loader = new DataLoader(data, BatchSize, shuffle: true);
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in loader)
        {
            using var scope = NewDisposeScope();
            Step(batch["data"], model, optimizer);
        }

        return data.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Trains one epoch from one resident tensor, as Elbo does, and answers the examples per second.</summary>
    public static double EpochFromTensor(Tensor pixels, PlainTorchSharp model, optim.Optimizer optimizer)
    {
        var started = Stopwatch.GetTimestamp();
        var count = pixels.shape[0];
        using var order = randperm(count, int64);
        for (var start = 0L; start < count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            Step(pixels.index_select(0, order.narrow(0, start, Math.Min(BatchSize, count - start))), model, optimizer);
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Step(Tensor x, PlainTorchSharp model, optim.Optimizer optimizer)
    {
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
}

/// <summary>Images as single tensors of floats, as a DataLoader takes them.</summary>
internal sealed class ImagesOneByOne(Tensor pixels) : utils.data.Dataset
{
    public override long Count => pixels.shape[0];

    public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["data"] = pixels[index] };
}
