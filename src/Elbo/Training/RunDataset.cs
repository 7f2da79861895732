namespace Elbo;

/// <summary>Loads the data that a run was trained on, and no other.</summary>
internal static class RunDataset
{
    /// <summary>The data, by the hashes of the record the same, with the numbers that labels had in the training.</summary>
    public static Dataset Load(RunDirectory directory)
    {
        var configuration = directory.ReadConfiguration();
        var source = configuration.Data.Source ?? throw new SettingsException(
            $"The run {directory.Folder} was trained on data passed to the library by a program, so its data cannot be loaded from its "
            + "settings.");
        var record = directory.ReadRecord().Dataset;
        var dataset = configuration.Data.Load(source);
        if (!record.IsOf(dataset))
            throw new InputException(
                $"{source} no longer holds the data that the run {directory.Folder} was trained on: restore the original data.");
        return record.LabelNames is { } names
            ? dataset.WithLabelsOf(names, allowOthers: !HasLabels(configuration.Model.Condition))
            : dataset;
    }

    // Only a model that is conditioned on labels cannot take others.
    private static bool HasLabels(Condition? condition) =>
        condition is LabelCondition || (condition is JoinedCondition joined && joined.Parts.Any(HasLabels));
}
