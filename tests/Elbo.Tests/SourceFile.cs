using System.Text.RegularExpressions;

namespace Elbo.Tests;

/// <summary>The names that a source file declares and uses.</summary>
internal sealed partial class SourceFile
{
    private readonly string _code;

    public SourceFile(string path, string folder, int layer, string text)
    {
        (Path, Folder, Layer) = (path, folder, layer);
        IsComponent = path.EndsWith(".razor", StringComparison.Ordinal);
        // The attributes of components are code in quotation marks, so that text in them is not removed.
        _code = IsComponent
            ? ComponentComment().Replace(text, "")
            : EnumBody().Replace(CommentOrText().Replace(text, match => string.Join(' ', Holes(match))), "");
        var texts = CommentOrText().Matches(text).Select(match => match.Value).Where(value => value[0] is '"' or '$' or '@');
        Texts = IsComponent ? [] : [.. texts];
        ExtensionMethods = Names(ExtensionMethod());
        Members = Names(Member());
        Types = [.. Names(Declaration())];
        if (IsComponent && System.IO.Path.GetFileNameWithoutExtension(path) is var name && !name.StartsWith('_'))
            Types.Add(name);
    }

    public string Path { get; }

    public string Folder { get; }

    public int Layer { get; }

    public bool IsComponent { get; }

    public HashSet<string> Types { get; }

    public HashSet<string> ExtensionMethods { get; }

    /// <summary>The string literals of a C# file, as they are written.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The properties, methods and parameters of records, which may have the name of a type.</summary>
    public HashSet<string> Members { get; }

    public IEnumerable<string> CalledMethods => Names(Call());

    /// <summary>The types that the file names.</summary>
    /// <param name="namespaces">Namespaces that may precede the name of a type; any other name before a dot is a value.</param>
    public IEnumerable<string> NamedTypes(IReadOnlyCollection<string> namespaces)
    {
        var code = namespaces.Count == 0 ? _code : Regex.Replace(_code, $@"(?<![\w.])(?:{string.Join('|', namespaces)})\.(?=[A-Z])", "");
        code = AfterDot().Replace(code, "");
        return Names(Identifier(), code).Except(Members).Union(Names(CertainType(), code));
    }

    // The code in the holes of an interpolated string is kept.
    private static IEnumerable<string> Holes(Match text) =>
        text.Value.StartsWith('$') ? Hole().Matches(text.Value).Select(hole => hole.Groups["code"].Value) : [];

    private HashSet<string> Names(Regex pattern, string? code = null) =>
        [.. pattern.Matches(code ?? _code).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(
        """"
        //[^\n]*|/\*[\s\S]*?\*/|'(?:[^'\\\n]|\\.)'|\$*"""[\s\S]*?"""|[$@]*"(?:[^"\\\n]|\\.)*"
        """")]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"@\*[\s\S]*?\*@|<!--[\s\S]*?-->|(?<!:)//[^\n]*")]
    private static partial Regex ComponentComment();

    [GeneratedRegex(@"(?<!\{)\{(?<code>[^{}""]*)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<=\benum\s+\w+[^{;]*)\{[^}]*\}")]
    private static partial Regex EnumBody();

    [GeneratedRegex(@"(?<=\.)[A-Za-z]\w*")]
    private static partial Regex AfterDot();

    [GeneratedRegex(@"\b(?:class|record|record struct|struct|enum|interface)\s+(?<name>[A-Z]\w*)|\bdelegate\s[^(;]*?(?<name>[A-Z]\w*)\(")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\s(?<name>[A-Z]\w*)(?:<[^()]*>)?\(this\s")]
    private static partial Regex ExtensionMethod();

    [GeneratedRegex(@"\.(?<name>[A-Z]\w*)(?:<[^()]*>)?\(")]
    private static partial Regex Call();

    // A member whose type has the same name is not one: it names the type.
    [GeneratedRegex(
        @"\b(?<type>[A-Z]\w*|bool|int|long|string|double|void)[?>\])]*\s+(?!\k<type>\b)(?<name>[A-Z]\w*)\s*"
        + @"(?:[,){;=]|(?:<[^()]*>)?\((?!this\s))")]
    private static partial Regex Member();

    // A name that is assigned to is a property, whatever type has the same name.
    [GeneratedRegex(@"\b(?<name>[A-Z]\w*)\b(?!\s*=[^=>]|:)")]
    private static partial Regex Identifier();

    // After new or <, and before the name of a variable, there is a type, whatever member has the same name.
    [GeneratedRegex(
        @"(?:\bnew\s+|<|\btypeof\(|\b(?:is|as)\s+)(?<name>[A-Z]\w*)\b"
        + @"|\b(?<name>[A-Z]\w*)(?:<[^<>;(){}]*>)?(?:\[\])?\??\s+_?(?!(?:is|and|or|as|in|with|switch|when|not)\b)[a-z]\w*\s*"
        + @"(?:[,)=;{]|in\b)")]
    private static partial Regex CertainType();
}
