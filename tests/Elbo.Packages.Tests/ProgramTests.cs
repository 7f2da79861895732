using System.Text.RegularExpressions;

namespace Elbo.Packages.Tests;

/// <summary>Programs outside of this repository, built and run.</summary>
public partial class ProgramTests(PackedFeed feed)
{
    // In the program that is built, MNIST has a few images.
    private const string SomeOfIt = """

        static Dataset Some(Dataset whole) =>
            new("some", whole.Train.Subset([.. Enumerable.Range(0, 600)]), whole.Test.Subset([.. Enumerable.Range(0, 100)]));
        """;

    [Fact]
    public async Task The_programs_of_the_packages_pages_run_one_on_what_the_other_trained()
    {
        LinuxX64.SkipElsewhere();
        var (packages, code) = await Page("Elbo");
        Assert.Equal(["Elbo", "Elbo.Cpu.linux-x64", "Elbo.Mnist"], packages);
        Assert.Contains("Mnist.Load()", code, StringComparison.Ordinal);

        var folder = feed.Program(
            "sixes", code.Replace("Mnist.Load()", "Some(Mnist.Load())", StringComparison.Ordinal) + SomeOfIt, packages);
        var output = await StrangersProgram.BuildAndRun(folder);

        Assert.Matches(@"^-ELBO on the test images: \d+\.\d nats$", output.Trim());
        Assert.True(File.Exists(Path.Combine(folder, "sixes.png")));
        Assert.True(File.Exists(Path.Combine(folder, "runs", "sixes", "config.json")));

        (packages, code) = await Page("Elbo.Inference");
        Assert.Equal(["Elbo.Inference"], packages);
        var inferring = feed.Program("inferring", code, packages);
        Directory.CreateSymbolicLink(Path.Combine(inferring, "runs"), Path.Combine(folder, "runs"));
        Assert.Matches(@"^\d+ numbers are its code; -ELBO \d+\.\d nats$", (await StrangersProgram.BuildAndRun(inferring)).Trim());
        Assert.True(File.Exists(Path.Combine(inferring, "six.png")));
        Assert.Empty(Directory.EnumerateFiles(inferring, "lib*.so", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_project_that_refers_to_the_library_runs_without_an_import()
    {
        LinuxX64.SkipElsewhere();
        // TorchSharp comes first here: nothing of Elbo has run before.
        var folder = feed.Program("referring", """
            using var one = TorchSharp.torch.ones(1);
            using var model = Elbo.Vae.Create(new Elbo.ImageShape(1, 4, 4));
            Console.WriteLine($"{one.item<float>():0} {model.Sample(2).Count}");
            """, Path.Combine(RepositoryRoot.Path, "src", "Elbo", "Elbo.csproj"));

        Assert.Equal("1 2", (await StrangersProgram.BuildAndRun(folder, [], "-p:BuildProjectReferences=false")).Trim());
    }

    private static async Task<(string[] Packages, string Code)> Page(string project)
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot.Path, "src", project, "PACKAGE.md"), TestContext.Current.CancellationToken);
        return ([.. AddedPackages().Matches(page).Select(match => match.Groups["name"].Value)], CSharp().Match(page).Groups["code"].Value);
    }

    [GeneratedRegex("^dotnet add package (?<name>[a-zA-Z0-9.-]+)$", RegexOptions.Multiline)]
    private static partial Regex AddedPackages();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharp();
}
