using System.Globalization;
using System.Resources;

namespace Elbo.Studio;

/// <summary>The texts of the studio in the user's language: Strings.resx, and Strings.zh.resx for Chinese.</summary>
internal sealed class Strings
{
    private static readonly ResourceManager Texts = new(typeof(Strings));
    private CultureInfo _culture = CultureInfo.GetCultureInfo(Studio.Language.English);

    /// <summary>The code of the language; one of <see cref="Studio.Language.All"/>.</summary>
    public string Language
    {
        get => _culture.Name;
        set => _culture = CultureInfo.GetCultureInfo(value);
    }

    /// <summary>A text.</summary>
    /// <exception cref="MissingManifestResourceException">No text has this name.</exception>
    public string this[string name] => Texts.GetString(name, _culture)
        ?? throw new MissingManifestResourceException($"Strings.resx has no text '{name}'.");

    /// <summary>A text whose placeholders are replaced by values.</summary>
    public string this[string name, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[name], values);

    /// <summary>The texts of a language.</summary>
    public static Strings For(string language) => new() { Language = language };
}
