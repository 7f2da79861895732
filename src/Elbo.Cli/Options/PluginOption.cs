using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>--plugin</c>: an option of the program, and so of each command.</summary>
internal static class PluginOption
{
    public static Option<string[]> Create() => new(Invocation.PluginFlag)
    {
        Description = "A plug-in, whose likelihoods, priors and other parts are then found by their names; may be repeated. Its code runs.",
        HelpName = "FILE.dll",
        Recursive = true,
    };

    /// <summary>Loads the plug-ins of a command line.</summary>
    /// <returns>Whether there are any.</returns>
    /// <exception cref="SettingsException">One of them cannot be loaded.</exception>
    public static bool Load(ParseResult parsed)
    {
        var files = parsed.GetValue<string[]>(Invocation.PluginFlag) ?? [];
        foreach (var file in files)
            Plugins.Load(file);
        return files.Length > 0;
    }
}
