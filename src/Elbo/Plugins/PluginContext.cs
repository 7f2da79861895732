using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Elbo;

/// <summary>Where the assemblies of a plug-in live: it shares those of the program, and has its other dependencies beside it.</summary>
[RequiresUnreferencedCode("Trimming may remove what a plug-in uses.")]
internal sealed class PluginContext(string path) : AssemblyLoadContext(Path.GetFileName(path))
{
    // Shared whatever version the plug-in was built against: the types of a second copy would be others.
    private static readonly string[] AlwaysShared = ["Elbo", "TorchSharp"];
    private static readonly AssemblyLoadContext Program = GetLoadContext(typeof(PluginContext).Assembly)!;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (AlwaysShared.Contains(assemblyName.Name))
            return Program.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        try
        {
            return Program.LoadFromAssemblyName(assemblyName);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException)
        {
            // The program has none, or an older one.
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
        }
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
