using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>What a training must be so that several processes compute what one would.</summary>
internal static class ProcessRequirements
{
    /// <summary>Rejects a training that several processes cannot share.</summary>
    /// <exception cref="SettingsException">
    /// Part of it looks at a batch in a way that cannot be shared, or it is on another device.
    /// </exception>
    public static void Ensure(GenerativeModel model, WeightedObjective objective, Device device, IProcessGroup processes)
    {
        if (processes.Count == 1)
            return;
        if (device.type != DeviceType.CPU)
        {
            throw new SettingsException(
                $"Several processes train on processors only, but the Device is {device}: choose cpu, or start one process.");
        }

        foreach (var (name, module) in model.named_modules())
        {
            if (module is BatchNorm)
            {
                throw new SettingsException(
                    $"The part '{name}' of the model normalises over the batch, of which each of several processes sees its share only: "
                    + "start one process, or normalise each example (LayerNorm, GroupNorm).");
            }
        }

        if (objective.AuxiliaryDependsOnBatch && !HasGaussians(model))
        {
            throw new SettingsException(
                "The Objective looks at all examples of a batch together, which several processes exchange for a Gaussian posterior under "
                + "a Gaussian Prior only: start one process, or choose another objective.");
        }
    }

    private static bool HasGaussians(GenerativeModel model)
    {
        using var scope = NewDisposeScope();
        return ModelTerms.Probe(model).Latents.All(latent => latent is { Posterior: DiagonalGaussian, Prior: DiagonalGaussian });
    }
}
