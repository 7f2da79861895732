using System.Text.RegularExpressions;

namespace Elbo.Tests;

public partial class MessageTests
{
    [Fact]
    public void No_message_of_the_library_names_a_flag_or_a_command_of_the_command_line()
    {
        var root = Path.Combine(RepositoryRoot.Path, "src", "Elbo");
        var texts = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path))
            .Where(path => !path.StartsWith("obj", StringComparison.Ordinal))
            .SelectMany(path => new SourceFile(path, "", 0, File.ReadAllText(Path.Combine(root, path))).Texts)
            .ToList();

        Assert.Equal([], texts.Where(text => FlagOrCommand().IsMatch(text)));
        Assert.True(texts.Count > 500, $"Only {texts.Count} texts were found: this test does not see what it checks.");
    }

    [Theory]
    [InlineData("throw new SettingsException($\"{name} has none: omit --sigma.\");", true)]
    [InlineData("var text = \"begin anew (elbo train ...)\";", true)]
    [InlineData("var text = \"\"\"\n    --out FILE\n    \"\"\";", true)]
    [InlineData("i--; // omit --sigma\nvar text = \"a - b -- c\";", false)]
    public void A_flag_is_found_in_a_text_and_nowhere_else(string code, bool isFound) =>
        Assert.Equal(isFound, new SourceFile("A.cs", "", 0, code).Texts.Any(FlagOrCommand().IsMatch));

    [GeneratedRegex(@"--[a-z]|\belbo [a-z]")]
    private static partial Regex FlagOrCommand();
}
