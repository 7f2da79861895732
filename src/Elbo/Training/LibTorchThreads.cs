using TorchSharp;

namespace Elbo;

/// <summary>The number of threads on which libtorch computes. It is a setting of the process, so a training restores it.</summary>
internal static class LibTorchThreads
{
    /// <summary>Sets the number until the returned object is disposed; 0 leaves it as it is.</summary>
    public static IDisposable Use(int threads)
    {
        var before = torch.get_num_threads();
        if (threads != 0)
            torch.set_num_threads(threads);
        return new Restored(before);
    }

    private sealed class Restored(int threads) : IDisposable
    {
        public void Dispose()
        {
            if (torch.get_num_threads() != threads)
                torch.set_num_threads(threads);
        }
    }
}
