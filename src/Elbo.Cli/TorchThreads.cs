using TorchSharp;

namespace Elbo.Cli;

/// <summary>How many threads libtorch computes with: a setting of the whole process, which is why only the program touches it.</summary>
internal static class TorchThreads
{
    private const int Most = 1024;

    /// <summary>Uses exactly so many threads; 0 stands for one per core.</summary>
    public static void Use(int threads)
    {
        if (threads is < 0 or > Most)
            throw new ConfigurationException($"{threads} threads are not possible: choose between 1 and {Most}, or 0 for one per core.");
        torch.set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <summary>Uses what a run was trained with, as far as this machine has it.</summary>
    public static void UseUpTo(int threads) => Use(Math.Clamp(threads, 0, Environment.ProcessorCount));
}
