using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Elbo.Studio.Tests;

/// <summary>The texts of the studio: their resource files, and their use in the source files.</summary>
public partial class StringsTests
{
    private static readonly Dictionary<string, string> English = Texts("Strings.resx");
    private static readonly Dictionary<string, string> Chinese = Texts("Strings.zh.resx");

    [Fact]
    public void Both_languages_have_the_same_texts()
    {
        Assert.Empty(English.Keys.Except(Chinese.Keys));
        Assert.Empty(Chinese.Keys.Except(English.Keys));
        Assert.True(English.Count > 100);
    }

    [Fact]
    public void Both_languages_have_the_same_placeholders()
    {
        Assert.All(English, text => Assert.Equal(Placeholders(text.Value), Placeholders(Chinese[text.Key])));
        Assert.All(English.Values, text => Assert.Equal(Enumerable.Range(0, Placeholders(text).Length), Placeholders(text).Order()));
    }

    [Fact]
    public void No_text_is_empty_and_the_Chinese_texts_are_Chinese()
    {
        Assert.Empty(English.Concat(Chinese).Where(text => text.Value.Trim().Length == 0).Select(text => text.Key));
        // Formulas, terms and units are the same in every language, and the language switch names the other language.
        string[] same = ["Common.Nats", "Runs.Column.NegativeElbo", "Runs.Term.Kl", "Runs.Term.NegativeElbo", "Shell.Language.Other"];
        var withoutHan = Chinese.Where(text => !Han().IsMatch(text.Value)).Select(text => text.Key);
        Assert.Empty(withoutHan.Where(key => !key.EndsWith(".Formula")).Except(same));
        Assert.DoesNotContain(English, text => Han().IsMatch(text.Value) && text.Key is not "Shell.Language.Other");
    }

    [Fact]
    public void Every_text_used_in_the_sources_exists()
    {
        var used = Sources().SelectMany(source => UsedKey().Matches(source).Select(match => match.Groups[1].Value)).Distinct().ToArray();
        Assert.True(used.Length > 80);
        Assert.DoesNotContain(used, key => !key.Contains('{') && !English.ContainsKey(key));
        // An interpolated key: one or more texts must match it.
        Assert.DoesNotContain(used, key => key.Contains('{') && !English.Keys.Any(known => Pattern(key).IsMatch(known)));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var sources = string.Join('\n', Sources());
        var interpolated = UsedKey().Matches(sources).Select(match => match.Groups[1].Value).Where(key => key.Contains('{'));
        var patterns = interpolated.Distinct().Select(Pattern).ToArray();
        Assert.DoesNotContain(English.Keys, key => !sources.Contains($"\"{key}\"") && !patterns.Any(pattern => pattern.IsMatch(key)));
    }

    private static int[] Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => int.Parse(match.Groups[1].Value)).Distinct().Order()];

    private static Regex Pattern(string key) => new("^" + Regex.Replace(Regex.Escape(key), @"\\\{.*?\}", ".+") + "$");

    private static Dictionary<string, string> Texts(string file) => XDocument.Load(Path.Combine(Folder(), "Strings", file)).Root!
        .Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Folder(), "*.*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".razor" or ".cs" && !IsBuildOutput(path))
        .Select(File.ReadAllText);

    private static bool IsBuildOutput(string path) =>
        Path.GetRelativePath(Folder(), path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Elbo.Studio"));

    /// <summary>The use of a text by a constant or an interpolated key.</summary>
    [GeneratedRegex("""[Ss]trings\[\$?"([^"]+)"[\],]""")]
    private static partial Regex UsedKey();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
