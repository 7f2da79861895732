namespace Elbo.Studio;

/// <summary>
/// Ten class colours that remain distinguishable with colour blindness. They were found by a search that maximises the smallest distance
/// between two colours, for normal vision and for simulated protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009),
/// among colours with enough contrast to white; latent planes are white in the dark theme, too. The class is always written as well.
/// </summary>
internal static class ClassPalette
{
    private static readonly string[] Colors =
        ["#2c7389", "#a33f03", "#7ab565", "#df97f8", "#b4b80a", "#50c5b6", "#a856ff", "#815044", "#210dfd", "#623a9f"];

    public static string ColorOf(int label) => Colors[(label % Colors.Length + Colors.Length) % Colors.Length];
}
