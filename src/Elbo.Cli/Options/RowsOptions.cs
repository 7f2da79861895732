using System.CommandLine;

namespace Elbo.Cli;

/// <summary>The options of commands that write a row for each example: of a split of a dataset, or of a folder of pictures.</summary>
internal sealed class RowsOptions
{
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<Split> _split;
    private readonly Option<string?> _images = new("--images")
    {
        Description = "A folder of pictures to take in place of a dataset, with subfolders for labels or without, prepared as those of an "
            + "imported training set were; the options of data import say otherwise.",
        HelpName = "FOLDER",
    };

    private readonly PictureOptionSet _pictures = new();

    public RowsOptions() => _split = CommonOptions.Split();

    public RowsOptions(string splitDescription) => _split = CommonOptions.Split(splitDescription);

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_split);
        command.Options.Add(_images);
        _pictures.AddTo(command);
    }

    /// <summary>
    /// The examples, in the order of the data as given or of the names of the files, their split and their data; null for a folder.
    /// </summary>
    /// <exception cref="InputException">They are missing or do not fit the model.</exception>
    /// <exception cref="SettingsException">Options exclude each other.</exception>
    public (ExampleSet Examples, Split? Split, RunData? Data) Read(ParseResult parsed, Run run)
    {
        if (ReadFolder(parsed, run) is { } pictures)
            return (pictures, null, null);
        var (split, data) = (parsed.GetValue(_split), RunData.Load(run.Directory, parsed.GetValue(_data)));
        return (data.GetRows(split, run.Model), split, data);
    }

    /// <summary>
    /// Examples for a calibration: by default the validation split of the run's own data, or the test split of other data.
    /// </summary>
    /// <exception cref="InputException">They are missing or do not fit the model.</exception>
    /// <exception cref="SettingsException">Options exclude each other, or the run was trained on the examples.</exception>
    public HeldOutExamples ReadHeldOut(ParseResult parsed, Run run) => ReadFolder(parsed, run) is { } pictures
        ? new HeldOutExamples(pictures, $"the pictures of {parsed.GetValue(_images)}")
        : HeldOutExamples.Of(
            run,
            RunData.Load(run.Directory, parsed.GetValue(_data)),
            HasSplit(parsed) ? parsed.GetValue(_split) : null);

    private ExampleSet? ReadFolder(ParseResult parsed, Run run)
    {
        var options = _pictures.Read(parsed);
        if (parsed.GetValue(_images) is { } folder)
        {
            return parsed.GetValue(_data) is null && !HasSplit(parsed)
                ? RunPictures.Read(folder, options, run)
                : throw new SettingsException("--images takes the place of a dataset: omit --data and --split.");
        }

        return options == new PictureOptions()
            ? null
            : throw new SettingsException("Options of pictures were given without a folder of them: give --images FOLDER, or omit them.");
    }

    private bool HasSplit(ParseResult parsed) => parsed.GetResult(_split) is { Implicit: false };
}
