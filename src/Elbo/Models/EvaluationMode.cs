using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Puts a module and all modules in it into evaluation mode, in which a dropout or a batch normalisation does not act as in training.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly (nn.Module Module, bool IsTraining)[] _modes;

    public EvaluationMode(nn.Module module)
    {
        // A mode that is set also holds for the modules within: these come after the ones that contain them.
        _modes = [.. module.modules().Prepend(module).Select(each => (each, each.training))];
        module.eval();
    }

    /// <summary>Restores the mode of each module.</summary>
    public void Dispose()
    {
        foreach (var (module, isTraining) in _modes)
            module.train(isTraining);
    }
}
