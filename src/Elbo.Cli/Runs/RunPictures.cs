using System.Globalization;

namespace Elbo.Cli;

/// <summary>Pictures of a folder for the model of a run, without an import.</summary>
internal static class RunPictures
{
    /// <summary>Reads the pictures as those of the training set were imported, unless the options say otherwise.</summary>
    /// <exception cref="InputException">The folder has another layout, or its pictures do not fit the model.</exception>
    /// <exception cref="SettingsException">The model is for other values, or an option is not valid.</exception>
    public static ExampleSet Read(string folder, PictureOptions options, Run run)
    {
        var shape = run.Model.Shape.RequireImage($"The model of {run.Folder} is not for pictures: --images");
        var images = ImageDataset.FromPictureFolder(folder, Complete(options, run) with { MinChannels = shape.Channels == 3 ? 3 : 1 });
        if (images.Shape != run.Model.Shape)
        {
            throw new InputException($"{folder} holds pictures of {images.Shape}, but the model is for {shape} (channels, height, width): "
                + (images.Shape.Image!.Value.Channels != shape.Channels ? "give grey pictures." : "give their size as Resize."));
        }

        var named = WithTrainedLabels(images, folder, run);
        return run.Model.FindMisfit(named) is { } misfit ? throw new InputException(misfit) : named;
    }

    /// <summary>The pictures with the numbers that the names of their folders had in the training.</summary>
    private static ExampleSet WithTrainedLabels(ExampleSet images, string folder, Run run)
    {
        if (images.LabelNames is not { } own || !RunLabels.Enter(run.Model.Condition))
            return images;
        var names = run.Directory.ReadRecord().Dataset.LabelNames;
        int[] numbers = [.. own.Select(name => NumberOf(name, names) ?? throw new InputException(
            $"{folder} has the label '{name}', which the training data has not: "
            + (names is null ? "its labels are numbers." : $"it has {string.Join(", ", names)}.")))];
        return images.WithLabels(images.Labels.ToArray().Select(label => numbers[label]).ToArray(), names);
    }

    private static int? NumberOf(string name, IReadOnlyList<string>? names) => names is not null
        ? names.ToList().IndexOf(name) is >= 0 and var index ? index : null
        : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static PictureOptions Complete(PictureOptions options, Run run)
    {
        var recorded = run.Configuration.Data.Source is { } source ? ImageImport.ReadPictureOptions(source) : null;
        return recorded is null ? options : options with
        {
            Background = options.Background ?? recorded.Background,
            Resize = options.Resize ?? recorded.Resize,
            Crop = options.Crop || (options.Resize is null && recorded.Crop),
            SampleMaximum = options.SampleMaximum ?? recorded.SampleMaximum,
        };
    }
}
