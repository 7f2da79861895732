namespace Elbo;

/// <summary>A run has parts that its plug-ins register, and nobody has registered them here.</summary>
/// <param name="problem">The run, its plug-ins and the parts, as a sentence without its end.</param>
public sealed class MissingPluginException(string problem)
    : SettingsException($"{problem}: load it with {nameof(Plugins)}.{nameof(Plugins.Load)}, or register what is missing first.")
{
    /// <summary>The run, its plug-ins and the parts, as a sentence without its end.</summary>
    public string Problem { get; } = problem;
}
