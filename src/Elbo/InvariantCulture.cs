using System.Globalization;

namespace Elbo;

/// <summary>Runs in the invariant culture what takes no culture as an argument (docs/decisions/0016-invariant-culture.md).</summary>
internal static class InvariantCulture
{
    /// <summary>Calls a function on this thread, whose current culture is the invariant one meanwhile.</summary>
    public static T Run<T>(Func<T> function)
    {
        var current = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return function();
        }
        finally
        {
            CultureInfo.CurrentCulture = current;
        }
    }
}
