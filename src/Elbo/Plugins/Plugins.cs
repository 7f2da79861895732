using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;

namespace Elbo;

/// <summary>
/// Loads plug-ins: assemblies whose <see cref="IElboPlugin"/> registers parts of models by name. It is what <c>elbo --plugin FILE.dll</c>
/// does; a program that has such parts of its own registers them itself. A plug-in runs with all rights of the program, and nothing loads
/// one but a call of this class. The methods may be called from any thread.
/// </summary>
public static class Plugins
{
    private const string Trimming = "Trimming may remove what a plug-in uses.";

    private static readonly Lock Loading = new();

    private static volatile IReadOnlyList<(string Path, PluginFile File)> _loaded = [];

    /// <summary>The plug-ins loaded so far, in that order: what the record of a run names.</summary>
    public static IReadOnlyList<PluginFile> Loaded => [.. _loaded.Select(plugin => plugin.File)];

    /// <summary>The full paths of the plug-ins loaded so far, in that order.</summary>
    public static IReadOnlyList<string> Paths => [.. _loaded.Select(plugin => plugin.Path)];

    /// <summary>
    /// Loads a plug-in and has it register its names. The assemblies of the program, Elbo and TorchSharp among them, are shared with it;
    /// its other dependencies lie beside it. A file that is loaded already is not loaded again.
    /// </summary>
    /// <param name="path">The file of the assembly.</param>
    /// <returns>The name and the hash of the file.</returns>
    /// <exception cref="SettingsException">
    /// The file is missing, is no .NET assembly, has no plug-in, was built against another version of Elbo, or its plug-in throws, for
    /// example because a name is taken. Nothing is then registered.
    /// </exception>
    [RequiresUnreferencedCode(Trimming)]
    public static PluginFile Load(string path)
    {
        var full = GivenPath.Full(path);
        lock (Loading)
        {
            var file = new PluginFile(Path.GetFileName(full), Hash(path, full));
            if (_loaded.FirstOrDefault(plugin => plugin.File.Sha256 == file.Sha256).File is { } same)
                return same;
            using var registrations = new RegistrationScope();
            Register(path, full);
            registrations.Keep();
            _loaded = [.. _loaded, (full, file)];
            return file;
        }
    }

    [RequiresUnreferencedCode(Trimming)]
    private static void Register(string path, string full)
    {
        var plugins = PluginsOf(path, full);
        try
        {
            foreach (var plugin in plugins)
                ((IElboPlugin)plugin.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null)).Register();
        }
#pragma warning disable CA1031 // Whatever the code of a plug-in throws is reported as one sentence that names its file.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw PluginFailure.Of(path, exception);
        }
    }

    [RequiresUnreferencedCode(Trimming)]
    private static List<ConstructorInfo> PluginsOf(string path, string full)
    {
        List<Type> types;
        try
        {
            types = [.. new PluginContext(full).LoadFromAssemblyPath(full).GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IElboPlugin)))];
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException
            or ReflectionTypeLoadException or TypeLoadException or InvalidOperationException)
        {
            throw PluginFailure.Of(path, exception);
        }

        if (types.Count == 0)
        {
            throw new SettingsException(
                $"{path} has no plug-in: a class in it must implement {nameof(IElboPlugin)} and register its names.");
        }

        return
        [
            .. types.Select(type => type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])
                ?? throw new SettingsException($"{path} has the plug-in {type.Name}, which lacks a constructor without parameters.")),
        ];
    }

    private static string Hash(string path, string full)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(full)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                File.Exists(full)
                    ? $"The plug-in {path} cannot be read: {exception.Message.TrimEnd('.')}."
                    : $"The plug-in {path} does not exist: give the .dll file of one.",
                exception);
        }
    }
}
