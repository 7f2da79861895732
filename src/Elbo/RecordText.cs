using System.Text;

namespace Elbo;

/// <summary>
/// The text of a record, as the compiler would write it but by the invariant culture: .NET formats the values of a record by the current
/// one (docs/decisions/0016-invariant-culture.md).
/// </summary>
internal static class RecordText
{
    /// <summary>Writes <c>Name { Member = value, ... }</c>.</summary>
    /// <param name="name">The name of the record.</param>
    /// <param name="printMembers">The method <c>PrintMembers</c> that the compiler adds to the record.</param>
    public static string Of(string name, Func<StringBuilder, bool> printMembers) => InvariantCulture.Run(() =>
    {
        var text = new StringBuilder(name).Append(" { ");
        if (printMembers(text))
            text.Append(' ');
        return text.Append('}').ToString();
    });
}
