using TorchSharp;

namespace Elbo.Tests;

/// <summary>
/// Counts the tensors that this thread made and has not disposed. Unlike Tensor.TotalCount it is not moved by the finalizer, which takes
/// what another test has left whenever it pleases.
/// </summary>
internal static class LiveTensors
{
    public static long OfThisThread => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
