using System.Globalization;
using System.Resources;

namespace Elbo.Studio;

/// <summary>The texts of the studio in the reader's language: Words.resx and its kin.</summary>
internal sealed class Words
{
    private static readonly ResourceManager Texts = new(typeof(Words));
    private CultureInfo _culture = CultureInfo.GetCultureInfo(Studio.Language.English);

    /// <summary>The code of the language; one of <see cref="Studio.Language.All"/>.</summary>
    public string Language
    {
        get => _culture.Name;
        set => _culture = CultureInfo.GetCultureInfo(value);
    }

    /// <summary>A text.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public string this[string name] => Texts.GetString(name, _culture)
        ?? throw new MissingManifestResourceException($"There is no text '{name}' in Words.resx.");

    /// <summary>A text with values in their places.</summary>
    public string this[string name, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[name], values);

    /// <summary>The texts of a language.</summary>
    public static Words In(string language) => new() { Language = language };
}
