using TorchSharp;

namespace Elbo.Cli;

/// <summary>Opens a run to use its model, with the threads it was trained with.</summary>
internal static class OpenRun
{
    public static Run Load(string folder, string device = "cpu")
    {
        TorchThreads.UseUpTo(RunDirectory.Open(folder).ReadConfiguration().Training.Threads);
        var place = Devices.Find(device);
        var run = Run.Load(folder);
        run.Model.to(place);
        return run;
    }

    /// <summary>The labels of a model that is conditioned on them; for any other, an error that names the option.</summary>
    public static LabelCondition RequireLabels(this Run run, string option) => run.Model.Condition as LabelCondition
        ?? throw new ConfigurationException(
            $"The model of {run.Folder} is not conditioned on labels: leave out {option}, or train a cvae.");

    /// <summary>The features of a label.</summary>
    public static float[] OneHot(this LabelCondition condition, int label)
    {
        var features = new float[condition.FeatureCount];
        features[label] = 1;
        return features;
    }

    /// <summary>Refuses a place at which a split has no image.</summary>
    public static void RequireIndex(this ImageDataset part, int index)
    {
        if (index >= part.Count)
            throw new ConfigurationException($"There is no image {index}: this split has the images 0 to {part.Count - 1}.");
    }

    /// <summary>Refuses a label that a model does not know.</summary>
    public static int RequireLabel(this LabelCondition condition, int label) => label >= 0 && label < condition.Count
        ? label
        : throw new ConfigurationException($"There is no label {label}: this model knows the labels 0 to {condition.Count - 1}.");
}
