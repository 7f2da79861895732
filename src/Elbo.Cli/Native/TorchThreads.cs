using TorchSharp;

namespace Elbo.Cli;

/// <summary>The number of threads of libtorch for the whole program; the library sets it for the time of a training only.</summary>
internal static class TorchThreads
{
    /// <summary>Sets the number of threads; 0 means one per core, shared with other processes that compute on the same ones.</summary>
    public static void Set(int threads)
    {
        if (threads is < 0 or > TrainerOptions.MaxThreads)
            throw new SettingsException(
                $"{threads} threads are not supported: choose between 1 and {TrainerOptions.MaxThreads}, or 0 for one per core.");
        torch.set_num_threads(threads == 0 ? PerProcess : threads);
    }

    private static int PerProcess => Math.Max(1, Environment.ProcessorCount / SharedWork.ProcessesOnTheseProcessors);

    /// <summary>Sets the number of threads, limited to the number of cores.</summary>
    public static void SetUpToCoreCount(int threads) => Set(Math.Clamp(threads, 0, PerProcess));
}
