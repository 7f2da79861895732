using System.CommandLine;

namespace Elbo.Cli;

/// <summary>The options of commands that write a row for each example: of a split of a dataset, or of a folder of pictures.</summary>
internal sealed class RowsOptions
{
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string?> _images = new("--images")
    {
        Description = "A folder of pictures to take in place of a dataset, with subfolders for labels or without, prepared as those of an "
            + "imported training set were; the options of data import say otherwise.",
        HelpName = "FOLDER",
    };

    private readonly PictureOptionSet _pictures = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_split);
        command.Options.Add(_images);
        _pictures.AddTo(command);
    }

    /// <summary>The examples, in the order of the data as given or of the names of the files, and their split; null for a folder.</summary>
    /// <exception cref="InputException">They are missing or do not fit the model.</exception>
    /// <exception cref="SettingsException">Options exclude each other.</exception>
    public (ExampleSet Examples, Split? Split) Read(ParseResult parsed, Run run)
    {
        var options = _pictures.Read(parsed);
        if (parsed.GetValue(_images) is { } folder)
        {
            return parsed.GetValue(_data) is null && parsed.GetResult(_split) is not { Implicit: false }
                ? (RunPictures.Read(folder, options, run), null)
                : throw new SettingsException("--images takes the place of a dataset: omit --data and --split.");
        }

        if (options != new PictureOptions())
            throw new SettingsException("Options of pictures were given without a folder of them: give --images FOLDER, or omit them.");
        var split = parsed.GetValue(_split);
        return (RunData.Load(run.Directory, parsed.GetValue(_data)).GetRows(split, run.Model), split);
    }
}
