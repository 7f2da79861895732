using System.CommandLine;

namespace Elbo.Cli;

/// <summary>The options of commands that read folders of pictures.</summary>
internal sealed class PictureOptionSet
{
    private readonly Option<string?> _resize = new("--resize")
    {
        Description = "Scale every picture to a square of N pixels, or to W by H. Without it, all have one size.",
        HelpName = "N|WxH",
    };

    private readonly Option<bool> _crop = new("--crop")
    {
        Description = "Cut every picture to the aspect of --resize around its centre first, instead of stretching it.",
    };

    private readonly Option<string?> _background = new("--background")
    {
        Description = "The colour behind transparent pixels: white, black or #rrggbb. Without it, they are refused.",
        HelpName = "COLOR",
    };

    private readonly Option<int?> _sampleMaximum = CommonOptions.Integer(
        "--sample-maximum",
        "The sample of 16-bit files that is white; by default the smallest 2^k - 1 above all of them, such as 4095.",
        maximum: ushort.MaxValue);

    public void AddTo(Command command)
    {
        command.Options.Add(_resize);
        command.Options.Add(_crop);
        command.Options.Add(_background);
        command.Options.Add(_sampleMaximum);
    }

    /// <exception cref="SettingsException">A size is not valid.</exception>
    public PictureOptions Read(ParseResult parsed) => new()
    {
        Resize = parsed.GetValue(_resize) is { } size ? PictureSize.Parse(size) : null,
        Crop = parsed.GetValue(_crop),
        Background = parsed.GetValue(_background),
        SampleMaximum = parsed.GetValue(_sampleMaximum),
    };
}
