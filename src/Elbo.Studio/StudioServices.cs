using Elbo.Story;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Elbo.Studio;

/// <summary>Registers the services of the studio.</summary>
internal static class StudioServices
{
    public static IServiceCollection AddStudio(this IServiceCollection services, ModelServices models)
    {
        services.AddRouting();
        // Keys exist in memory only: nothing is written to the user's folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = StudioLimits.CircuitsKept;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        }).AddHubOptions(hub => hub.MaximumReceiveMessageSize = StudioLimits.Message);
        services.AddMudServices();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<CircuitLimit>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<CircuitLimit>());
        services.AddSingleton<ComputeThread>();
        services.AddScoped<Strings>();
        services.AddSingleton(models).AddSingleton(models.Bundled).AddSingleton(models.MnistImages);
        services.AddSingleton(new ServedStory(() => models.MnistImages.Test));
        services.AddSingleton(provider => new RunCatalogue(provider.GetRequiredService<StudioOptions>().Roots)).AddSingleton<RunJobs>();
        services.AddSingleton(provider => new ModelStore(models.Bundled, models.MnistImages, provider.GetRequiredService<RunCatalogue>()));
        services.AddSingleton(provider => new DataCatalogue(
            provider.GetRequiredService<StudioOptions>().Data, provider.GetRequiredService<RunCatalogue>()));
        services.AddSingleton(provider => provider.GetRequiredService<StudioOptions>().Program ?? ElboProgram.Current());
        services.AddSingleton(models.Priors).AddSingleton(models.Completions);
        return services;
    }
}
