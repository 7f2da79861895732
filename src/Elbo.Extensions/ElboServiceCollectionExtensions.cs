using Elbo.Extensions;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers models with the services of a program.</summary>
public static class ElboServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="ElboModels"/>, each model of the options as a keyed <see cref="CodeEmbeddingGenerator"/>, and
    /// <see cref="TrainingTelemetry"/>, which needs <c>AddMetrics()</c>. Models are opened when they are first asked for.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Names the models.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddElbo(this IServiceCollection services, Action<ElboOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ElboOptions>().Configure(configure);
        services.AddSingleton<ElboModels>();
        services.AddSingleton<TrainingTelemetry>();
        services.AddKeyedSingleton<IEmbeddingGenerator<ReadOnlyMemory<float>, Embedding<float>>>(
            KeyedService.AnyKey,
            (provider, key) => new CodeEmbeddingGenerator(
                provider.GetRequiredService<ElboModels>().Get((string)key!), (string)key!));
        return services;
    }
}
