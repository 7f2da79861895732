namespace Elbo.Cli;

/// <summary>Examples that a run was not trained on, for a calibration.</summary>
/// <param name="Examples">The examples.</param>
/// <param name="Description">What they are, in words.</param>
internal sealed record HeldOutExamples(ExampleSet Examples, string Description)
{
    /// <summary>The run's own validation split.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">The current location of its data, if it has moved; null otherwise.</param>
    /// <exception cref="SettingsException">It has none.</exception>
    public static HeldOutExamples OfValidation(Run run, RunData data) =>
        Of(data.GetSplit(Split.Validation, run.Model), Split.Validation, data, run);

    /// <summary>A split of data: what the run was trained on is refused.</summary>
    /// <exception cref="SettingsException">It is the training split of the run, or does not exist.</exception>
    public static HeldOutExamples Of(Run run, RunData data, Split? split)
    {
        if (split == Split.Train && data.IsOriginal)
        {
            throw new SettingsException(
                $"The run {run.Folder} was trained on these examples, whose scores are lower than those of others: choose --split "
                + "validation or test, or other data with --data.");
        }

        var chosen = split ?? (data.IsOriginal ? Split.Validation : Split.Test);
        return Of(data.GetSplit(chosen, run.Model), chosen, data, run);
    }

    private static HeldOutExamples Of(ExampleSet examples, Split split, RunData data, Run run) => new(
        examples,
        $"the {split.ToString().ToLowerInvariant()} split of {(data.IsOriginal ? "the run's own data" : data.Dataset.Name)}");
}
