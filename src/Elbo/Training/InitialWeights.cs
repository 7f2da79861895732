using System.Security.Cryptography;

namespace Elbo;

/// <summary>The weights of a run from which another training starts.</summary>
internal static class InitialWeights
{
    /// <summary>Loads the best weights of a run into an equivalent model.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InputException">The folder is not a run, its checkpoint is corrupt, or it is of another model.</exception>
    public static void Load(string run, GenerativeModel model)
    {
        var directory = RunDirectory.Open(run);
        EnsureSameModel(directory, directory.ReadConfiguration(model), model, "The model to train", "start from a run of the same model");
        Checkpoint.LoadWeights(directory.BestWeightsPath, model);
    }

    /// <summary>Rejects a model with other choices that change its results but not necessarily the shapes of its weights.</summary>
    internal static void EnsureSameModel(
        RunDirectory directory, RunConfiguration configuration, GenerativeModel model, string subject, string advice)
    {
        string[] choices =
        [
            "modelType", "latentSize", "posterior", "prior", "likelihood", "sigma", "condition", "conditionDecoder", "shape",
        ];
        // With two custom modules no network of Elbo is used.
        if (model.Settings.EncoderType is null || model.Settings.DecoderType is null)
            choices = [.. choices, "network.activation"];
        if (SettingDifference.Find(configuration.Model, model.Settings, choices) is { } found)
        {
            throw new InputException(
                $"{subject} has {found.Name} {found.Right}, but the run {directory.Folder} was trained with {found.Left}: {advice}.");
        }
    }

    /// <summary>Rejects examples whose labels are other ones than the weights of a run know by the same number.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="model">The model; one that is not conditioned on labels takes any.</param>
    /// <param name="train">The examples.</param>
    /// <exception cref="InputException">A label has another name in the data of the run.</exception>
    public static void EnsureSameLabels(string run, GenerativeModel model, ExampleSet train)
    {
        if (!IsOnLabels(model.Settings.Condition) || !train.HasLabels || train.LabelNames is not { } own
            || RunDirectory.Open(run).ReadRecord().Dataset.LabelNames is not { } names)
            return;
        foreach (var label in train.DistinctLabels.Where(label => label >= names.Count || names[label] != own[label]))
        {
            throw new InputException(
                $"The training data has the label {label} '{own[label]}', which is another in the data of the run {run}, from which the "
                + $"training starts ({string.Join(", ", names)}): give the labels the same numbers.");
        }
    }

    private static bool IsOnLabels(Condition? condition) =>
        condition is LabelCondition || (condition is JoinedCondition joined && joined.Parts.Any(IsOnLabels));

    /// <summary>
    /// The SHA-256 of the file that holds them, recorded so that the initial weights can be identified later; null if the file does not
    /// exist.
    /// </summary>
    /// <param name="run">The folder of the run.</param>
    public static string? Hash(string run)
    {
        try
        {
            return RunFile.Read(
                new RunDirectory(run).BestWeightsPath, long.MaxValue, stream => Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (InputException)
        {
            return null;
        }
    }
}
