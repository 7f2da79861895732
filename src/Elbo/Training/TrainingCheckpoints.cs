using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Saves the checkpoints of a training, and refuses to where a number is not finite. Of several processes all call the methods, since a
/// checkpoint has the running sums of each, and process 0 writes.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The options of the training.</param>
/// <param name="step">Takes its steps.</param>
/// <param name="processes">The processes that share it.</param>
/// <param name="configuration">The settings of the run, as JSON.</param>
internal sealed class TrainingCheckpoints(
    GenerativeModel model, TrainerOptions options, TrainingStep step, IProcessGroup processes, string configuration)
{
    /// <summary>What records the run; null where nothing is recorded, or where process 0 does it.</summary>
    public RunWriter? Writer { get; set; }

    /// <summary>The objective of the training as JSON, by which the best loss was found.</summary>
    public string ObjectiveAsJson => Json.Write(options.Objective);

    private bool IsRecorded => Writer is not null || (processes.Count > 1 && options.Directory is not null);

    /// <summary>Saves a checkpoint, if the training is recorded.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="position">The steps that have been taken.</param>
    /// <param name="globalStep">The number of them.</param>
    /// <param name="best">The best loss so far, and its epoch.</param>
    /// <param name="midway">Called while the file is being written.</param>
    /// <returns>Whether one was to be saved.</returns>
    public bool Save(
        CheckpointKind kind, TrainingPosition position, long globalStep, (double Loss, int Epoch) best, Action? midway = null)
    {
        if (!IsRecorded)
            return false;
        if (kind != CheckpointKind.Diagnostic)
            EnsureFinite(position, globalStep, best);
        using var scope = NewDisposeScope();
        var sums = step.Sums.GatherForCheckpoint(processes);
        if (Writer is null)
            return true;
        var state = new CheckpointState
        {
            Position = position,
            Seed = options.Seed,
            MetricsLength = Writer.MetricsLength,
            MetricsSha256 = Writer.MetricsSha256,
            BestEpoch = best.Epoch,
            BestLoss = best.Loss,
            Objective = ObjectiveAsJson,
            Configuration = configuration,
            Optimizer = step.Optimizer,
            Sums = sums,
            Averages = step.Average?.State ?? [],
        };
        Checkpoint.Save(Writer.Directory.CheckpointPath(kind), kind, model, state, midway);
        return true;
    }

    /// <summary>Ends the training by an exception where a loss or a weight is not finite, and saves a diagnostic checkpoint.</summary>
    /// <inheritdoc cref="Save"/>
    public void EnsureFinite(TrainingPosition position, long globalStep, (double Loss, int Epoch) best)
    {
        if (step.FirstNotFinite(ofAllSteps: true) is { } first)
            throw NotFinite(first.Term, first.Step, position, globalStep, best);
        if (!model.parameters().All(Finiteness.IsFinite))
            throw NotFinite("a weight", globalStep, position, globalStep, best);
    }

    /// <summary>The error of a number that is not finite, after a diagnostic checkpoint was saved.</summary>
    /// <param name="what">What is not finite.</param>
    /// <param name="at">The step at which it was found.</param>
    /// <param name="position">The steps that have been taken.</param>
    /// <param name="globalStep">The number of them.</param>
    /// <param name="best">The best loss so far, and its epoch.</param>
    public NotFiniteException NotFinite(
        string what, long at, TrainingPosition position, long globalStep, (double Loss, int Epoch) best)
    {
        Save(CheckpointKind.Diagnostic, position, globalStep, best);
        return new NotFiniteException(
            $"At step {at} {what} is no longer a finite number: try a lower learning rate"
            + (Writer is null ? "." : $" ({Writer.Directory.CheckpointPath(CheckpointKind.Diagnostic)} holds the weights)."));
    }
}
