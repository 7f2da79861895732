using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Sums the gradients of parameters over the processes of a training, between the backward pass and the optimizer. A path that has computed
/// the gradients of a layer may begin their sum while it computes those of the next: every process begins the same ones in the same order.
/// Gradients of large matrices are summed where they are; small ones travel together.
/// </summary>
internal sealed class GradientSum(IReadOnlyList<Parameter> parameters, IProcessGroup processes)
{
    /// <summary>The number of values from which on a gradient is sent alone: below it the calls cost more than the values.</summary>
    private const long LargeGradient = 1 << 14;

    private readonly HashSet<Parameter> _begun = new(ReferenceEqualityComparer.Instance);
    private readonly List<(IPendingSum Sum, Tensor Values, List<Tensor> Parts)> _pending = [];

    /// <summary>Begins the sums of some parameters, whose gradients are complete; a parameter without a gradient is left out.</summary>
    public void Begin(IEnumerable<Parameter> ready)
    {
        if (processes.Count == 1)
            return;
        using var _ = no_grad();
        List<Tensor> small = [];
        foreach (var parameter in ready)
        {
            if (!_begun.Add(parameter) || parameter.grad is not { } gradient)
                continue;
            // Until it is waited for, which may be in another scope.
            gradient.DetachFromDisposeScope();
            if (gradient.numel() < LargeGradient || !gradient.is_contiguous())
                small.Add(gradient);
            else
                _pending.Add((processes.BeginSum(gradient), gradient, []));
        }

        // One type for each model.
        foreach (var group in small.GroupBy(gradient => gradient.dtype))
        {
            List<Tensor> parts = [.. group];
            var joined = cat([.. parts.Select(part => part.reshape(-1))]).DetachFromDisposeScope();
            _pending.Add((processes.BeginSum(joined), joined, parts));
        }
    }

    /// <summary>Begins what has not begun, and waits until every gradient is that of the whole batch.</summary>
    public void Wait()
    {
        if (processes.Count == 1)
            return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Begin(parameters);
        foreach (var (sum, values, parts) in _pending)
        {
            sum.Wait();
            var offset = 0L;
            foreach (var part in parts)
            {
                part.copy_(values.narrow(0, offset, part.numel()).reshape(part.shape));
                offset += part.numel();
                part.Dispose();
            }

            values.Dispose();
        }

        _pending.Clear();
        _begun.Clear();
    }
}
