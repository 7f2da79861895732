using TorchSharp;

namespace Elbo.Studio.Tests;

/// <summary>The shelf as it ships, opened once for a class of tests.</summary>
public sealed class ShelfFixture : IDisposable
{
    public ShelfFixture() => torch.set_num_threads(1);

    internal StudioModels Models { get; } = StudioModels.Open();

    public void Dispose() => Models.Dispose();
}
