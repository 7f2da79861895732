using System.Text.RegularExpressions;

namespace Elbo.Tests;

public partial class LayeringTests
{
    [Fact]
    public void No_file_of_the_library_names_a_type_of_a_later_folder() => Check(
        new SourceLayers(
            Project("Elbo"),
            "", "Storage", "Plugins", "Randomness", "Graphs", "Examples", "Conditions", "Settings", "Import", "Tensors", "Devices",
            "Processes", "Batches", "Distributions", "Networks", "Objectives", "Models", "Evaluation", "Training", "Imaging",
            "Runs", "Export"),
        types: 100);

    // What inference without libtorch shares.
    [Fact]
    public void Storage_randomness_graphs_examples_conditions_and_settings_name_no_type_of_TorchSharp()
    {
        var root = Path.Combine(RepositoryRoot.Path, "src", "Elbo");
        var files = new[] { "Storage", "Plugins", "Randomness", "Graphs", "Examples", "Conditions", "Settings", "Import" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(root, "*.cs"))
            .ToList();

        Assert.True(files.Count > 50, $"Only {files.Count} files were found.");
        Assert.Empty(files.Where(path => TorchSharpName().IsMatch(Comment().Replace(File.ReadAllText(path), "")))
            .Select(path => Path.GetRelativePath(root, path)));
    }

    [Fact]
    public void No_file_of_the_command_line_names_a_type_of_a_later_folder() => Check(
        new SourceLayers(
            Project("Elbo.Cli"),
            "Process", "Native", "Output", "Runs", "Options", "Settings", "Errors", "Evaluation", "Display", "Training", "Sweeps",
            "Doctor", "Commands", ""),
        types: 70);

    [Fact]
    public void No_file_of_the_studio_names_a_type_of_a_later_folder_and_no_view_one_of_another_view() => Check(
        new SourceLayers(
            Project("Elbo.Studio"),
            "Strings", "Computing", "Graphics", "Links", "Security", "Images", "BundledModels", "Catalogue", "OpenModels",
            "Ledger Generation Conditions Runs",
            "Shell", "Story", ""),
        types: 90);

    [Fact]
    public void No_file_of_the_story_names_a_type_of_a_later_folder() => Check(
        new SourceLayers(Project("Elbo.Story"), "Resources", "Packs", "Networks", "Models", "Scenes", "Runs", "Pages", ""),
        types: 25);

    private static void Check(SourceLayers layers, int types)
    {
        var violations = layers.Violations();
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        Assert.True(layers.TypeCount >= types, $"Only {layers.TypeCount} types were found: this test does not see what it checks.");
    }

    private static string Project(string name) => Path.Combine(RepositoryRoot.Path, "src", name);

    [GeneratedRegex(@"\busing (static )?TorchSharp\b|\bTorchSharp\.|\btorch\b|\bTensor\b")]
    private static partial Regex TorchSharpName();

    [GeneratedRegex("""//[^\n]*|"(?:[^"\\\n]|\\.)*["]""")]
    private static partial Regex Comment();
}
