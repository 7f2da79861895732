using MudBlazor;

namespace Elbo.Studio;

/// <summary>The colours and fonts of the studio. Only system fonts are used, so that none is downloaded.</summary>
internal static class StudioTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "sans-serif"];

    public static MudTheme Instance { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#005a8f",
            Background = "#fbfaf8",
            Surface = "#ffffff",
            TextPrimary = "#1c1c1c",
            TextSecondary = "#4a4a4a",
            LinesDefault = "#d8d5cf",
            LinesInputs = "#8a8680",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6db8e8",
            PrimaryContrastText = "#10202b",
            Background = "#15171a",
            Surface = "#1d2024",
            TextPrimary = "#eceae6",
            TextSecondary = "#b9b5ae",
            LinesDefault = "#3a3e44",
            LinesInputs = "#8b9098",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none" },
        },
    };
}
