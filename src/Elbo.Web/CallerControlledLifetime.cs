using Microsoft.Extensions.Hosting;

namespace Elbo.Web;

/// <summary>The caller controls the lifetime of a server, which does not handle signals itself.</summary>
internal sealed class CallerControlledLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
