using System.Runtime.CompilerServices;
using TorchSharp;

namespace Elbo.Studio.Tests;

internal static class AssemblySettings
{
    // One thread, because test classes run at the same time, and teams of OpenMP threads that share cores wait for each other most of the
    // time. Before any thread computes, since each keeps the number with which it began.
    [ModuleInitializer]
    internal static void SetUpLibTorch() => torch.set_num_threads(1);
}
