namespace Elbo;

/// <summary>Compares the settings in config.json, which anybody can edit, with those that a checkpoint was made with.</summary>
internal static class CheckpointSettings
{
    /// <summary>Rejects other settings of what the weights mean, or of which examples and noise the model is measured on.</summary>
    /// <exception cref="InputException">There is one.</exception>
    public static void EnsureUnchanged(RunDirectory directory, RunConfiguration configuration, string checkpoint)
    {
        var trained = Checkpoint.ReadConfiguration(checkpoint);
        if (SettingDifference.Find(trained, configuration, "model", "data.binarize", "data.validation", "training.seed") is { } found)
        {
            throw new InputException(
                $"{directory.ConfigurationPath} has {found.Name} {found.Right}, but the weights in {checkpoint} were trained with "
                + $"{found.Left}: restore that setting.");
        }
    }

    /// <summary>A phrase for each other setting with which a training may go on, such as the learning rate.</summary>
    public static IReadOnlyList<string> FindChanges(RunConfiguration trained, RunConfiguration configuration)
    {
        string[] names =
        [
            .. Json.ToNode(configuration.Training)!.AsObject().Select(setting => $"training.{setting.Key}").Except(["training.epochs"]),
            "objective", "preset",
        ];
        return
        [
            .. names.Select(name => SettingDifference.Find(trained, configuration, name)).OfType<SettingDifference>()
                .Select(found => $"{found.Name} {found.Right}, where the checkpoint was made with {found.Left}"),
        ];
    }
}
