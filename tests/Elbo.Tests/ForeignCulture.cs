using System.Globalization;

namespace Elbo.Tests;

/// <summary>
/// A culture in which numbers look other than in the invariant one: a decimal comma as in German, the minus sign U+2212 as in Swedish,
/// words for what is not finite. Made by hand, since .NET knows no cultures where ICU is absent.
/// </summary>
internal static class ForeignCulture
{
    public static CultureInfo Instance { get; } = Create();

    /// <summary>Computes something on this thread in another culture.</summary>
    public static T In<T>(CultureInfo culture, Func<T> compute)
    {
        var current = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return compute();
        }
        finally
        {
            CultureInfo.CurrentCulture = current;
        }
    }

    private static CultureInfo Create()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (numbers, dates) = (culture.NumberFormat, culture.DateTimeFormat);
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator) = (",", ".");
        (numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator) = (",", ".");
        (numbers.NegativeSign, numbers.PositiveSign) = ("\u2212", "\uff0b");
        (numbers.NaNSymbol, numbers.PositiveInfinitySymbol, numbers.NegativeInfinitySymbol) =
            ("ingen", "o\u00e4ndlig", "\u2212o\u00e4ndlig");
        (dates.DateSeparator, dates.TimeSeparator, dates.ShortDatePattern, dates.LongTimePattern) = (".", ".", "dd/MM/yyyy", "HH:mm:ss");
        return culture;
    }
}
