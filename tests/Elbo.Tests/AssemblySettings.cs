using System.Runtime.CompilerServices;
using TorchSharp;

// One test at a time: the count of live tensors is one for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Elbo.Tests;

internal static class AssemblySettings
{
    // The test projects run at the same time, and teams of OpenMP threads that share cores wait for each other most of the time.
    [ModuleInitializer]
    internal static void UseOneThread() => torch.set_num_threads(1);
}
