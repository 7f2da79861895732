using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>How this program was started, so that the commands it suggests can be run unchanged.</summary>
internal static class Invocation
{
    public const string CommandName = "elbo";
    public const string PluginFlag = "--plugin";
    private const string ProjectFolder = "src/Elbo.Cli";

    /// <summary>The command line of this process, with the plain command name in place of the program path.</summary>
    public static IReadOnlyList<string> RecordedCommandLine => [CommandName, .. Environment.GetCommandLineArgs().Skip(1)];

    /// <summary>Returns a command line of this program for the user to run, with the plug-ins of this one.</summary>
    public static string Command(params IReadOnlyList<string> arguments)
    {
        var plugins = arguments.Any(argument => argument.StartsWith(PluginFlag, StringComparison.Ordinal))
            ? []
            : Plugins.Paths.SelectMany(path => new[] { PluginFlag, Shorten(path) });
        return string.Join(' ', new[] { Program() }.Concat(arguments.Concat(plugins).Select(ShellWord.Quote)));
    }

    /// <summary>
    /// Returns the shorter form of a path relative to the current directory, or the full path if it lies outside. As an argument it is a
    /// path, never an option or a file with arguments.
    /// </summary>
    public static string Shorten(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (relative.StartsWith("..", StringComparison.Ordinal))
            return Path.GetFullPath(path);
        return relative is ['-' or '@', ..] ? Path.Combine(".", relative) : relative;
    }

    /// <summary>The same, for the user to read.</summary>
    public static string Display(string path) => PrintableText.Of(Shorten(path));

    private static string Program()
    {
        var path = Environment.ProcessPath ?? CommandName;
        return Path.GetFileNameWithoutExtension(path) switch
        {
            CommandName when InstalledTool.LinkTo(path) is { } program => IsOnPath(path) ? CommandName : ShellWord.Quote(Shorten(program)),
            CommandName => $"dotnet {CommandName}",
            "dotnet" => $"dotnet {ShellWord.Quote(Shorten(Path.Combine(AppContext.BaseDirectory, "Elbo.Cli.dll")))}",
            _ when Directory.Exists(ProjectFolder) => $"dotnet run -c Release --project {ProjectFolder} --",
            _ => ShellWord.Quote(Shorten(path)),
        };
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, Path.GetFileName(program))));
}
