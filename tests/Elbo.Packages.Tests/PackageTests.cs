using System.Reflection.Metadata;
using System.Text;

namespace Elbo.Packages.Tests;

/// <summary>What is in the packages.</summary>
public class PackageTests(PackedFeed feed)
{
    private static readonly string[] Packages =
    [
        "Elbo", "Elbo.Cpu.linux-x64", "Elbo.Cpu.osx-arm64", "Elbo.Cpu.win-x64", "Elbo.Extensions", "Elbo.Inference", "Elbo.ML",
        "Elbo.Mnist", "Elbo.Templates", "Elbo.Tool",
    ];

    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Names => [.. Packages];

    [Fact]
    public void The_feed_has_these_packages() => Assert.Equal(
        Packages.Select(name => $"{name}.{PackedFeed.Version}.nupkg"),
        Directory.EnumerateFiles(feed.Path, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void A_package_has_a_page_an_icon_a_licence_and_a_description(string name)
    {
        var about = feed.Nuspec(name);
        using var package = feed.Open(name);

        Assert.NotNull(package.GetEntry(about.Element("readme")!.Value));
        Assert.NotNull(package.GetEntry(about.Element("icon")!.Value));
        Assert.Equal(name == "Elbo.Mnist" ? "CC-BY-SA-3.0" : "MIT", about.Element("license")!.Value);
        Assert.True(about.Element("description")!.Value.Length > 40);
        Assert.DoesNotContain("Package Description", about.Element("description")!.Value, StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(feed.Path, $"{name}.{PackedFeed.Version}.nupkg")).Length < 12_000_000);
    }

    [Fact]
    public void The_library_is_alone_in_its_package_and_depends_on_no_platform()
    {
        using var package = feed.Open("Elbo");
        string[] files = [.. package.Entries.Select(entry => entry.FullName).Where(name => name.Contains('/'))];
        string[] dependencies = [.. feed.Nuspec("Elbo").Descendants("dependency").Select(element => element.Attribute("id")!.Value)];

        Assert.Equal(["lib/net10.0/Elbo.dll", "lib/net10.0/Elbo.xml"], files
            .Where(name => name.Split('/')[0] is not ("_rels" or "package")).Order(StringComparer.Ordinal));
        Assert.Contains("TorchSharp", dependencies);
        Assert.DoesNotContain(dependencies, name => name.StartsWith("libtorch", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("win-x64")]
    [InlineData("osx-arm64")]
    public void A_platform_depends_on_its_libtorch_alone(string platform)
    {
        var dependencies = feed.Nuspec($"Elbo.Cpu.{platform}").Descendants("dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

        Assert.Matches(@"^\[\d+\.\d+\.\d+\]$", dependencies[$"libtorch-cpu-{platform}"]);
        Assert.Equal(platform == "linux-x64" ? ["TorchSharp"] : [], dependencies.Keys.Except([$"libtorch-cpu-{platform}"]));
    }

    [Fact]
    public void A_debugger_finds_the_sources_of_the_library()
    {
        using var symbols = feed.Open("Elbo", "snupkg");
        using var stream = new MemoryStream();
        using (var packed = symbols.GetEntry("lib/net10.0/Elbo.pdb")!.Open())
            packed.CopyTo(stream);
        stream.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream, MetadataStreamOptions.PrefetchMetadata);
        var reader = provider.GetMetadataReader();

        var links = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == SourceLink)
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)));
        // Which address the sources have depends on where they were cloned from.
        Assert.All(links, link => Assert.Contains("documents", link, StringComparison.Ordinal));
        var documents = reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name)).ToArray();
        Assert.NotEmpty(documents);
        if (DotNet.Configuration == "Release")
            Assert.All(documents, name => Assert.StartsWith("/_", name, StringComparison.Ordinal));
    }
}
