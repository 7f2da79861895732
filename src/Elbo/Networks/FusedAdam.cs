using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Adam (Kingma and Ba 2015; beta1 0.9, beta2 0.999, epsilon 1e-8) through libtorch's fused kernel: one call for all parameters, where
/// TorchSharp's Adam makes a dozen small calls for each.
/// </summary>
internal sealed class FusedAdam : IDisposable
{
    private static readonly CompiledScript Script = new(
        """
        def step(parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor],
                 steps: List[Tensor], rate: float) -> int:
            torch._fused_adam_(parameters, gradients, first, second, [], steps, lr=rate, beta1=0.9, beta2=0.999,
                               weight_decay=0.0, eps=1e-8, amsgrad=False, maximize=False)
            return 0

        """);

    /// <summary>The share of the mean of the gradients that is kept at a step.</summary>
    public const double FirstDecay = 0.9;

    /// <summary>The share of the mean of their squares that is kept.</summary>
    public const double SecondDecay = 0.999;

    /// <summary>What is added to the root of that mean.</summary>
    public const double Epsilon = 1e-8;

    private readonly (string Name, Parameter Parameter, Tensor First, Tensor Second)[] _slots;
    private readonly Tensor _steps;

    public FusedAdam(nn.Module module)
    {
        _slots =
        [
            .. module.named_parameters().Select(named => (
                named.name,
                named.parameter,
                zeros_like(named.parameter).DetachFromDisposeScope(),
                zeros_like(named.parameter).DetachFromDisposeScope())),
        ];
        _steps = zeros(1, float32, _slots[0].Parameter.device).DetachFromDisposeScope();
    }

    /// <summary>The moments of every parameter and the number of steps taken, by name, for checkpoints.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        _slots.SelectMany(slot => new[] { ($"first_moment.{slot.Name}", slot.First), ($"second_moment.{slot.Name}", slot.Second) })
            .Append(("steps", _steps));

    /// <summary>The number of steps taken.</summary>
    public long StepsTaken => (long)_steps.item<float>();

    /// <summary>The means of a parameter's gradients and of their squares.</summary>
    public (Tensor First, Tensor Second) MomentsOf(Parameter parameter)
    {
        var slot = Array.Find(_slots, slot => ReferenceEquals(slot.Parameter, parameter));
        return (slot.First, slot.Second);
    }

    /// <summary>Counts a step that another has taken with the moments.</summary>
    public void CountStep()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        _steps.add_(One, One);
    }

    /// <summary>Updates every parameter that has a gradient, and clears the gradients.</summary>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        List<Tensor> parameters = [], gradients = [], first = [], second = [];
        foreach (var slot in _slots)
        {
            if (slot.Parameter.grad is not { } gradient)
                continue;
            parameters.Add(slot.Parameter);
            gradients.Add(gradient);
            first.Add(slot.First);
            second.Add(slot.Second);
            slot.Parameter.grad = null;
        }

        _steps.add_(One, One);
        var steps = Enumerable.Repeat(_steps, parameters.Count).ToArray();
        Script.Invoke(
            "step", parameters.ToArray(), gradients.ToArray(), first.ToArray(), second.ToArray(), steps, Number(learningRate));
    }

    /// <summary>Clears the gradients without a step.</summary>
    public void DiscardGradients()
    {
        foreach (var slot in _slots)
            slot.Parameter.grad = null;
    }

    /// <summary>Computes the gradients of a loss by autograd and moves the parameters down them.</summary>
    public void Minimize(Tensor loss, double learningRate)
    {
        loss.backward();
        Step(learningRate);
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.First.Dispose();
            slot.Second.Dispose();
        }

        _steps.Dispose();
    }
}
