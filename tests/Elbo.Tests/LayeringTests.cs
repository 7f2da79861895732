using System.Text.RegularExpressions;

namespace Elbo.Tests;

public partial class LayeringTests
{
    private static readonly string[] Layers =
    [
        "", "Storage", "Randomness", "Examples", "Conditions", "Tensors", "Devices", "Workspaces", "Batches", "Distributions", "Networks",
        "Objectives", "Models", "Evaluation", "Imaging", "Training",
    ];

    // What inference without libtorch shares.
    private static readonly string[] WithoutTorchSharp = ["", "Storage", "Randomness", "Examples", "Conditions"];

    [Fact]
    public void Storage_randomness_examples_and_conditions_name_no_type_of_TorchSharp()
    {
        var root = Path.Combine(RepositoryRoot.Path, "src", "Elbo");
        var files = WithoutTorchSharp.SelectMany(folder => Directory
            .EnumerateFiles(Path.Combine(root, folder), "*.cs", folder == "" ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .ToList();

        Assert.True(files.Count > 50, $"Only {files.Count} files were found.");
        Assert.Empty(files.Where(path => TorchSharpName().IsMatch(Comment().Replace(File.ReadAllText(path), "")))
            .Select(path => Path.GetRelativePath(root, path)));
    }

    [Fact]
    public void No_file_of_the_library_names_a_type_of_a_later_folder()
    {
        var root = Path.Combine(RepositoryRoot.Path, "src", "Elbo");
        var files = Layers.SelectMany((layer, index) => Directory
            .EnumerateFiles(Path.Combine(root, layer), "*.cs", layer == "" ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
            .Select(path => (Path: path, Layer: index, Code: Comment().Replace(File.ReadAllText(path), "")))).ToList();
        var declared = files
            .SelectMany(file => Declaration().Matches(file.Code).Select(match => (Name: match.Groups["name"].Value, file.Layer)))
            .GroupBy(declaration => declaration.Name)
            .ToDictionary(group => group.Key, group => group.Min(declaration => declaration.Layer));
        Assert.True(declared.Count > 100, $"Only {declared.Count} types were found: this test has lost its eyes.");

        var violations = files.SelectMany(file => Identifier().Matches(file.Code)
            .Select(match => match.Value)
            .Except(Member().Matches(file.Code).Select(match => match.Groups["name"].Value))
            .Where(name => declared.TryGetValue(name, out var layer) && layer > file.Layer)
            .Distinct()
            .Select(name => $"{Path.GetRelativePath(root, file.Path)} names {name} of {Layers[declared[name]]}"));

        Assert.Equal([], violations);
        var unknown = Directory.EnumerateDirectories(root).Select(Path.GetFileName).Except([.. Layers, "bin", "obj"]);
        Assert.Empty(unknown);
    }

    [GeneratedRegex(@"\bTorchSharp\b|\btorch\b|\bTensor\b")]
    private static partial Regex TorchSharpName();

    [GeneratedRegex("""//[^\n]*|"(?:[^"\\\n]|\\.)*"|(?<=\.)[A-Za-z]\w*""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:class|record|record struct|struct|enum|interface)\s+(?<name>[A-Z]\w*)|\bdelegate\s[^(;]*?(?<name>[A-Z]\w*)\(")]
    private static partial Regex Declaration();

    // A property or a parameter of a record may have the name of a type.
    [GeneratedRegex(@"\b(?:[A-Z]\w*|bool|int|long|string|double)[?>\]]*\s+(?<name>[A-Z]\w*)\s*(?=[,){;]|=)")]
    private static partial Regex Member();

    // A name that is assigned to is a property, whatever type has the same name.
    [GeneratedRegex(@"\b[A-Z]\w*\b(?!\s*=[^=>]|:)")]
    private static partial Regex Identifier();
}
