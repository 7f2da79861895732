using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Puts a module and its submodules into evaluation mode, and restores the mode of each when it is disposed.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly (nn.Module Module, bool IsTraining)[] _modes;

    public EvaluationMode(nn.Module module)
    {
        // Setting a mode sets that of the submodules too, so these come after the modules that contain them.
        _modes = [.. module.modules().Prepend(module).Select(each => (each, each.training))];
        module.eval();
    }

    public void Dispose()
    {
        foreach (var (module, isTraining) in _modes)
            module.train(isTraining);
    }
}
