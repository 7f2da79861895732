using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Extending;

/// <summary>The C# of README and docs is code of projects like a user's own, between the marks <c>// begin</c> and <c>// end</c>.</summary>
public sealed partial class DocumentsTests
{
    // Each is compiled, and no friend of the library.
    private static readonly string[] Projects =
    [
        "tests/Elbo.Extending.Tests", "tests/Elbo.SamplePlugin", "samples/Elbo.Digits", "samples/Elbo.Pipeline", "samples/Elbo.Samples",
        "samples/Elbo.Service", "samples/Elbo.Trimmed",
    ];

    [Fact]
    public void Every_example_of_README_and_docs_is_compiled_and_every_marked_piece_of_code_is_an_example()
    {
        var examples = Documents().SelectMany(file => MarkdownBlock.Of(File.ReadAllText(file))
            .Where(block => block.IsCSharp)
            .Select(block => (File: Path.GetFileName(file), block.IsMarkedAsCSharp, Code: WithoutUsings(block.Code)))).ToList();
        var compiled = Projects.SelectMany(SourceFiles)
            .SelectMany(file => Marked().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            .Select(match => MarkdownBlock.WithoutIndentation(match.Groups["code"].Value.Split('\n'))).ToList();

        string[] atLeast = ["README.md", "extending.md", "library.md"];
        Assert.Empty(atLeast.Except(examples.Select(example => example.File)));
        string[] unmarked = [.. examples.Where(example => !example.IsMarkedAsCSharp).Select(example => $"{example.File}: {example.Code}")];
        Assert.Empty(unmarked);
        string[] notCompiled =
            [.. examples.Where(example => !compiled.Contains(example.Code)).Select(example => $"{example.File}: {example.Code}")];
        Assert.Empty(notCompiled);
        Assert.Empty(compiled.Except(examples.Select(example => example.Code)));
    }

    [Fact]
    public void The_projects_of_the_examples_are_no_friends_of_the_library()
    {
        var attributes = typeof(Vae).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>();
        string[] friends = [.. attributes.Select(friend => friend.AssemblyName)];

        Assert.Contains("Elbo.Tests", friends);
        Assert.Empty(friends.Intersect(Projects.Select(Path.GetFileName)));
        Assert.DoesNotContain(Assembly.GetExecutingAssembly().GetName().Name, friends);
    }

    [Theory]
    [InlineData("```csharp\nfoo\n```", "csharp: foo")]
    [InlineData("text\n```\nvar x = 1;\n```\n", "unmarked: var x = 1;")]
    [InlineData("text\n\n    var x = 1;   // one\n\n    x++;\ntext", "unmarked: var x = 1;   // one\n\nx++;")]
    [InlineData("text\n\n    Vae.Create(shape, modules: own)\n", "unmarked: Vae.Create(shape, modules: own)")]
    [InlineData("text\n\n    o => o with { X = 1 }\n", "unmarked: o => o with { X = 1 }")]
    [InlineData("- an item\n    that goes on: Vae.Create(shape);\n")]
    [InlineData("```\ndotnet run --project src/Elbo.Cli -- train cvae --condition rectangle:7,7   # one; two\n```")]
    [InlineData("```xml\n<A>Vae.Create(shape);</A>\n```")]
    [InlineData("\n    log p(x|c)  >=  E_q(z|x,c)[ log p(x|z,c) ] - KL( q(z|x,c) || p(z|c) )\n")]
    [InlineData("\n    train.csv  test.csv     a first line; a column `label`\n")]
    public void CSharp_is_recognised_in_fences_and_indented(string document, string? expected = null) => Assert.Equal(
        expected is null ? [] : [expected],
        MarkdownBlock.Of(document).Where(block => block.IsCSharp)
            .Select(block => $"{(block.IsMarkedAsCSharp ? "csharp" : "unmarked")}: {block.Code}"));

    // Decisions tell what was, and what was not chosen.
    private static IEnumerable<string> Documents() =>
    [
        Path.Combine(Checkout.Folder, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "decisions"),
    ];

    private static IEnumerable<string> SourceFiles(string project)
    {
        var folder = Path.Combine(Checkout.Folder, project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
    }

    // The projects import them for all their files.
    private static string WithoutUsings(string code) => Usings().Replace(code, "").TrimStart('\n');

    [GeneratedRegex(@"\A(using [\w.]+;\n)+")]
    private static partial Regex Usings();

    [GeneratedRegex("^[ ]*// begin[a-z ]*\n(?<code>.*?)^[ ]*// end$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Marked();
}
