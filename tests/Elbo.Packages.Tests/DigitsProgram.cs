using System.Text.RegularExpressions;

namespace Elbo.Packages.Tests;

/// <summary>The program of the library's page, which is that of samples/Elbo.Digits, built from the packages, on some images.</summary>
public sealed partial class DigitsProgram(PackedFeed feed) : IAsyncLifetime
{
    private const string SomeOfIt = """

        static Dataset Some(Dataset whole) =>
            new("some", whole.Train.Subset([.. Enumerable.Range(0, 600)]), whole.Test.Subset([.. Enumerable.Range(0, 100)]));
        """;

    public string Folder { get; private set; } = "";

    public string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!LinuxX64.IsHere)
            return;
        Folder = feed.Sample("Elbo.Digits");
        var program = Path.Combine(Folder, "Program.cs");
        var page = await PackagePage.Read("Elbo");
        Assert.Equal(page.Code, Marks().Replace(await File.ReadAllTextAsync(program), ""));
        Assert.Equal(page.Packages, PackedFeed.ReferencesOf(Folder));
        Assert.Contains("Mnist.Load()", page.Code, StringComparison.Ordinal);
        await File.WriteAllTextAsync(program, page.Code.Replace("Mnist.Load()", "Some(Mnist.Load())", StringComparison.Ordinal) + SomeOfIt);
        Output = await StrangersProgram.BuildAndRun(Folder);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [GeneratedRegex("^// (begin|end)\n", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
