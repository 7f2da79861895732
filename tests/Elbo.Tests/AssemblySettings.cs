using System.Runtime.CompilerServices;
using TorchSharp;

// One test at a time: the count of live tensors is one for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Elbo.Tests;

internal static class AssemblySettings
{
    // On the libtorch that ELBO_LIBTORCH names, for the tests on a GPU. One thread, because the test projects run at the same time, and
    // teams of OpenMP threads that share cores wait for each other most of the time.
    [ModuleInitializer]
    internal static void SetUpLibTorch()
    {
        LibTorchFolder.UseNamed();
        torch.set_num_threads(1);
    }
}
