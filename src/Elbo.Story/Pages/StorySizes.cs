using System.Globalization;

namespace Elbo.Story;

/// <summary>What the parts of a page weigh, in bytes of the file.</summary>
/// <param name="CodeAndTexts">Everything but the other three.</param>
/// <param name="Weights">Models, their codes and the grids.</param>
/// <param name="Digits">Pictures of the data.</param>
/// <param name="Stills">The pictures for a browser without JavaScript.</param>
internal readonly record struct StorySizes(int CodeAndTexts, int Weights, int Digits, int Stills)
{
    private const int Kilo = 1000;

    /// <summary>The most that each part, and all of it, may weigh.</summary>
    public static readonly StorySizes Budget = new(400 * Kilo, 2600 * Kilo, 300 * Kilo, 300 * Kilo);

    /// <summary>The most that the whole file may weigh.</summary>
    public const int TotalBudget = 4000 * Kilo;

    /// <summary>The size of the file.</summary>
    public int Total => CodeAndTexts + Weights + Digits + Stills;

    /// <summary>Whether every part is within the budget.</summary>
    public bool IsWithinBudget =>
        CodeAndTexts <= Budget.CodeAndTexts && Weights <= Budget.Weights && Digits <= Budget.Digits && Stills <= Budget.Stills
        && Total < TotalBudget;

    /// <summary>The parts with what they may weigh, in kB.</summary>
    public override string ToString() =>
        $"code and texts {Text(CodeAndTexts)} of {Text(Budget.CodeAndTexts)} kB, weights {Text(Weights)} of {Text(Budget.Weights)} kB, "
        + $"digits {Text(Digits)} of {Text(Budget.Digits)} kB, stills {Text(Stills)} of {Text(Budget.Stills)} kB, "
        + $"in all {Text(Total)} of {Text(TotalBudget)} kB";

    private static string Text(int bytes) => ((bytes + Kilo - 1) / Kilo).ToString(CultureInfo.InvariantCulture);
}
