namespace Elbo.Studio;

/// <summary>
/// A colour for each class of ten, told apart by eyes that lack a kind of cone, too: chosen by a search for the ten whose two nearest are farthest
/// from each other, as they are and as protanopia, deuteranopia and tritanopia have them (Machado, Oliveira and Fernandes 2009), among the
/// colours that stand out from white, which planes are in the dark, too. Wherever they are used, the class is written as well.
/// </summary>
internal static class ClassPalette
{
    private static readonly string[] Colors =
        ["#2c7389", "#a33f03", "#7ab565", "#df97f8", "#b4b80a", "#50c5b6", "#a856ff", "#815044", "#210dfd", "#623a9f"];

    public static string ColorOf(int label) => Colors[(label % Colors.Length + Colors.Length) % Colors.Length];
}
