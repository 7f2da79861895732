using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(Elbo.Packages.Tests.PackedFeed))]

namespace Elbo.Packages.Tests;

/// <summary>
/// The packages of this repository in a folder that is a feed, the only one that the programs beside it restore from. They have a package
/// cache of their own; what others publish is taken from the machine's, where the build of these tests has put it, so that 500 MB of
/// libtorch are not unpacked again.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public static string Version { get; } = Metadata("Version");

    /// <summary>The libraries of libtorch in the machine's package cache.</summary>
    public static string LibTorch { get; } = System.IO.Path.Combine(
        Metadata("PackageFolder"), "libtorch-cpu-linux-x64", Metadata("LibTorchVersion"), "runtimes", "linux-x64", "native");

    public string Path => _folder["feed"];

    public async ValueTask InitializeAsync()
    {
        foreach (var project in (string[])["src/Elbo", "src/Elbo.Inference", "src/Elbo.Extensions", "src/Elbo.ML", "packages"])
        {
            await DotNet.Run(
                RepositoryRoot.Path, "pack", project, "-c", DotNet.Configuration, "--no-build", "-o", Path, "-v", "quiet", "-nologo");
        }

        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Path}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{Metadata("PackageFolder")}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{_folder["cache"]}" /></config>
            </configuration>
            """);
        // Libraries are linked instead of copied, and the graphics libraries of systems on which the tests do not run are not in the
        // machine's cache.
        Write("Directory.Build.targets", """
            <Project>
              <PropertyGroup>
                <CreateSymbolicLinksForCopyLocalIfPossible>true</CreateSymbolicLinksForCopyLocalIfPossible>
                <RunAnalyzers>false</RunAnalyzers>
              </PropertyGroup>
              <ItemGroup>
                <PrunePackageReference Version="9999.0.0" Include="SkiaSharp.NativeAssets.Win32;HarfBuzzSharp.NativeAssets.Win32" />
                <PrunePackageReference Version="9999.0.0" Include="SkiaSharp.NativeAssets.macOS;HarfBuzzSharp.NativeAssets.macOS" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Makes an empty folder for a stranger's program, which restores from the feed.</summary>
    public string FolderFor(string program) => Directory.CreateDirectory(_folder[program]).FullName;

    /// <summary>Writes a console program that refers to packages of the feed, or to a project, and returns its folder.</summary>
    public string Program(string name, string code, params string[] references)
    {
        var folder = FolderFor(name);
        var items = references.Select(reference => reference.EndsWith(".csproj", StringComparison.Ordinal)
            ? $"""<ProjectReference Include="{reference}" />"""
            : $"""<PackageReference Include="{reference}" Version="{Version}" />""");
        Write(System.IO.Path.Combine(name, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", items)}
              </ItemGroup>
            </Project>
            """);
        Write(System.IO.Path.Combine(name, "Program.cs"), code);
        return folder;
    }

    /// <summary>Copies a program of <c>samples</c> to a folder of its own, which has its name, and returns that.</summary>
    public string Sample(string name)
    {
        var folder = FolderFor(name);
        foreach (var file in (string[])[$"{name}.csproj", "Program.cs"])
        {
            File.Copy(
                System.IO.Path.Combine(RepositoryRoot.Path, "samples", name, file), System.IO.Path.Combine(folder, file));
        }

        return folder;
    }

    /// <summary>The packages that the program in a folder of its name refers to.</summary>
    internal static IEnumerable<string> ReferencesOf(string folder) =>
        XDocument.Load(System.IO.Path.Combine(folder, $"{System.IO.Path.GetFileName(folder)}.csproj")).Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value);

    /// <summary>Opens a package, <c>.nupkg</c> or <c>.snupkg</c>.</summary>
    internal ZipArchive Open(string package, string kind = "nupkg") =>
        ZipFile.OpenRead(System.IO.Path.Combine(Path, $"{package}.{Version}.{kind}"));

    /// <summary>The description of a package, without namespaces.</summary>
    internal XElement Nuspec(string package)
    {
        using var archive = Open(package);
        using var stream = archive.GetEntry($"{package}.nuspec")!.Open();
        var document = XDocument.Load(stream);
        foreach (var element in document.Descendants())
            element.Name = element.Name.LocalName;
        return document.Root!.Element("metadata")!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(string name, string text) => File.WriteAllText(_folder[name], text);

    private static string Metadata(string key) => typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value!;
}
