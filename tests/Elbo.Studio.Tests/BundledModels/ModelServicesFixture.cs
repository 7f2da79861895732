using TorchSharp;

namespace Elbo.Studio.Tests;

/// <summary>The bundled models and the services over them, opened once per test class.</summary>
public sealed class ModelServicesFixture : IDisposable
{
    public ModelServicesFixture() => torch.set_num_threads(1);

    internal ModelServices Services { get; } = ModelServices.Open();

    public void Dispose() => Services.Dispose();
}
