using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Elbo.Tests;

/// <summary>
/// The library refers to no method of .NET that formats or parses by the current culture (docs/decisions/0016-invariant-culture.md). Read
/// from what was compiled, so that a number that is joined to a text by + is seen as well, which no analyzer reports.
/// </summary>
public class CurrentCultureTests
{
    private static readonly HashSet<Type> Numbers =
    [
        typeof(sbyte), typeof(short), typeof(int), typeof(long), typeof(nint), typeof(Int128),
        typeof(Half), typeof(float), typeof(double), typeof(decimal),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
    ];

    [Fact]
    public void The_library_refers_to_no_method_that_writes_or_reads_by_the_current_culture() =>
        Assert.Equal("", string.Join(Environment.NewLine, DependentOnCulture(typeof(Vae).Module)));

    [Fact]
    public void Such_references_would_be_found()
    {
        Func<double, int, object, string>[] examples =
        [
            (number, _, _) => "sigma " + number,
            (number, _, _) => $"sigma {number}",
            (number, _, _) => number.ToString("R"),
            (number, _, _) => new StringBuilder().Append(number).ToString(),
            (number, _, _) => new StringBuilder().Append($"sigma {number}").ToString(),
            (_, count, _) => "count " + count,
            (number, _, _) => string.Join(", ", new List<double> { number }),
            (_, _, value) => string.Concat(value, value),
            (_, _, _) => int.Parse("1") + "",
        ];
        var found = DependentOnCulture(typeof(CurrentCultureTests).Module).ToList();

        Assert.Equal(9, examples.Length);
        string[] missing =
        [
            .. new[]
            {
                "Double.ToString()", "Double.ToString(String)", "DefaultInterpolatedStringHandler..ctor(Int32, Int32)",
                "StringBuilder.Append(Double)", "StringBuilder.Append(AppendInterpolatedStringHandler&)", "Int32.ToString()",
                "String.Join[Double](String, IEnumerable`1)", "String.Concat(Object, Object)", "Int32.Parse(String)",
            }.Except(found),
        ];
        Assert.Equal([], missing);
    }

    [Fact]
    public void Everything_that_can_be_interpolated_can_be_in_the_library()
    {
        const string Name = "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler";
        var own = Signatures(typeof(Vae).Assembly.GetType(Name, throwOnError: true)!);

        Assert.Equal(Signatures(typeof(object).Assembly.GetType(Name, throwOnError: true)!), own);
        Assert.Equal(10, own.Count);

        static List<string> Signatures(Type handler) =>
        [
            .. handler.GetMethods().Where(method => method.Name.StartsWith("Append", StringComparison.Ordinal))
                .Select(method => method + string.Concat(method.GetParameters().Select(parameter => parameter.DefaultValue + ",")))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> DependentOnCulture(Module module) =>
        References(module).Where(DependsOnCulture).Select(Describe).Distinct();

    /// <summary>The methods of types that are not generic, with their type arguments, that the code of a module refers to.</summary>
    private static IEnumerable<MethodBase> References(Module module)
    {
        using var file = new PEReader(File.OpenRead(module.FullyQualifiedName));
        var metadata = file.GetMetadataReader();
        // What takes the place of a type parameter of the code itself.
        Type[] unknown = [.. Enumerable.Repeat(typeof(Version), 8)];
        var instances = Enumerable.Range(1, metadata.GetTableRowCount(TableIndex.MethodSpec))
            .Select(MetadataTokens.MethodSpecificationHandle)
            .Where(handle => NameOf(metadata.GetMethodSpecification(handle).Method) is "Join" or "Concat" or "AppendJoin")
            .Select(handle => (EntityHandle)handle);
        var methods = metadata.MemberReferences.Select(handle => (EntityHandle)handle).Where(handle => NameOf(handle) is not null);
        return
        [
            .. methods.Concat(instances).Select(handle => module.ResolveMethod(MetadataTokens.GetToken(handle), unknown, unknown)!),
        ];

        string? NameOf(EntityHandle handle) => handle.Kind == HandleKind.MemberReference
            && metadata.GetMemberReference((MemberReferenceHandle)handle) is { Parent.Kind: HandleKind.TypeReference } member
            && member.GetKind() == MemberReferenceKind.Method ? metadata.GetString(member.Name) : null;
    }

    private static bool DependsOnCulture(MethodBase method)
    {
        var (type, name) = (method.DeclaringType!, method.Name);
        Type[] given = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        if (given.Contains(typeof(IFormatProvider)) || given.Contains(typeof(CultureInfo)))
            return false;
        if (type.Name is "DefaultInterpolatedStringHandler" or "AppendInterpolatedStringHandler")
            return method.IsConstructor;
        if (Numbers.Contains(type))
            return name is "ToString" or "TryFormat" or "Parse" or "TryParse" or "ParseExact" or "TryParseExact";
        var writes = type == typeof(StringBuilder) ? name.StartsWith("Append", StringComparison.Ordinal) || name == "Insert"
            : type.IsAssignableTo(typeof(TextWriter)) ? name.StartsWith("Write", StringComparison.Ordinal)
            // Format is left to CA1305: the generated code of System.Text.Json calls it with types.
            : type == typeof(string) ? name is "Concat" or "Join"
            : type == typeof(Convert) && name == "ToString";
        // Whole numbers in a list are sizes, which have no sign.
        if (name == "Join" && method.IsGenericMethod
            && method.GetGenericArguments()[0] is var item && (item == typeof(int) || item == typeof(long)))
            return false;
        return writes && given.Concat(method.IsGenericMethod ? method.GetGenericArguments() : []).Any(IsWrittenByCulture)
            // What the compiler writes for records, whose text is made invariant by RecordText.
            && !(type == typeof(StringBuilder) && given is [var only] && only == typeof(object));
    }

    private static bool IsWrittenByCulture(Type type) => Numbers.Contains(type) || type == typeof(object)
        || type.Name == "AppendInterpolatedStringHandler&"
        || (type.HasElementType && IsWrittenByCulture(type.GetElementType()!))
        || type.GenericTypeArguments.Any(IsWrittenByCulture);

    private static string Describe(MethodBase method) => $"{method.DeclaringType!.Name}.{method.Name}"
        + (method.IsGenericMethod ? $"[{string.Join(", ", method.GetGenericArguments().Select(type => type.Name))}]" : "")
        + $"({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
}
