using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>How a model is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>The most threads that libtorch can be given.</summary>
    public const int MaxThreads = 1024;

    /// <summary>
    /// Passes over the training data. Null, the default, stands for 20, and on small data for as many as make 1,000 steps, but at most
    /// 200; a run records the number.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>Examples in a step; the last, smaller batch of an epoch is kept. Default: 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The step size of Adam. Default: 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>
    /// How the step size falls over the run: <c>constant</c> (default), <c>linear</c> or <c>cosine</c>, both to zero at its end.
    /// </summary>
    public string LearningRateSchedule { get; init; } = LearningRateSchedules.Constant;

    /// <summary>
    /// The decay of an exponential average of the weights over the steps, for example 0.999; 0, the default, for none. With averaging,
    /// the averaged weights are validated, shown, kept as the best and tested.
    /// </summary>
    public double Averaging { get; init; }

    /// <summary>
    /// Examples held out of the training data, on which the best weights are chosen; with 0 the last weights are the best. Null, the
    /// default, stands for 5,000, but at most a twelfth of the data.
    /// </summary>
    [JsonIgnore]
    public int? Validation { get; init; }

    /// <summary>
    /// Whether grey pixels become zeros and ones. Null, the default, stands for as the model, or the run it starts from, was trained
    /// before; for a new model they stay grey.
    /// </summary>
    [JsonIgnore]
    public Binarization? Binarize { get; init; }

    /// <summary>The objective; null, the default, for that of the model's preset.</summary>
    [JsonIgnore]
    public ObjectiveOptions? Objective { get; init; }

    /// <summary>The seed from which the split, the order, binarisation and noise derive. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// <c>cpu</c> (default), <c>cuda</c> for the first GPU, or <c>cuda:1</c> and so on (<see cref="Devices"/>). Every draw is made in host
    /// memory by generators of Elbo's own, so the same seed gives the same training on each device but for rounding.
    /// </summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// A checkpoint is written at the end of each epoch, and every so many steps within one; 0, the default, for none within.
    /// </summary>
    public int CheckpointEvery { get; init; }

    /// <summary>The run directory to create; it must not exist or be empty. Null, the default, writes no files.</summary>
    [JsonIgnore]
    public string? Directory { get; init; }

    /// <summary>
    /// The number of threads on which libtorch computes during the training, at most 1024; afterwards the number is again what it was. It
    /// is one number for the process, and results depend on it in their last bits: a run records it. 0, the default, leaves it as it is,
    /// which is one thread for each core of the machine if the program has set no other.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether numbers too small for the usual form (denormals, below 1e-38) count as zero during the training, on its threads and those of
    /// libtorch; afterwards the mode is again what it was. After some hundred steps Adam's means of gradients of rarely lit pixels are so
    /// small, and each takes a processor many times longer: steps become slower by a fifth and more. Results differ in their last bits, so a
    /// run records it. Default: false; the <c>elbo</c> command sets it. It has an effect on Linux on x86-64 only.
    /// </summary>
    public bool FlushDenormals { get; init; }

    /// <summary>
    /// The folder of a run of the same model whose best weights are loaded into the model before the training. The record of the new run
    /// names it and the SHA-256 of its weights. Null, the default, for the weights that the model has.
    /// </summary>
    public string? StartFrom { get; init; }

    /// <summary>Whether a page of samples is drawn into the run directory after each epoch. Default: true.</summary>
    public bool SamplePages { get; init; } = true;

    /// <summary>Rejects invalid options, as a training does before anything else.</summary>
    /// <exception cref="SettingsException">An option is not possible.</exception>
    public void Validate()
    {
        Check(Epochs is null or >= 1 and <= 1_000_000, $"{Epochs} epochs are not possible: choose at least 1.");
        Check(BatchSize is >= 1 and <= 1_000_000, $"A batch of {BatchSize} examples is not possible: choose at least 1.");
        Check(
            double.IsFinite(LearningRate) && LearningRate > 0,
            $"A learning rate of {LearningRate} is not possible: choose a number above 0.");
        _ = LearningRateSchedules.NameOf(LearningRateSchedule);
        Check(
            Averaging is >= 0 and < 1,
            $"An average of the weights with a decay of {Averaging} is not possible: choose at least 0 and below 1.");
        Check(
            Threads is >= 0 and <= MaxThreads,
            $"{Threads} threads are not possible: choose between 1 and {MaxThreads}, or 0 for as many as libtorch has.");
        Check(CheckpointEvery >= 0, $"A checkpoint every {CheckpointEvery} steps is not possible: choose at least 1, or 0 for none.");
        if (Directory is not null)
            _ = GivenPath.Full(Directory);
        if (StartFrom is not null)
            _ = GivenPath.Full(StartFrom);

        static void Check(bool possible, string message)
        {
            if (!possible)
                throw new SettingsException(message);
        }
    }

    /// <summary>The options with the numbers that null stands for, which follow from the number of examples.</summary>
    internal TrainerOptions CompletedFor(ExampleSet train)
    {
        var validation = Validation ?? ValidationSplit.DefaultFor(train.Count);
        return this with
        {
            Validation = validation,
            Epochs = Epochs ?? TrainingLength.DefaultFor(Math.Max(train.Count - validation, 1), BatchSize),
        };
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(TrainerOptions), PrintMembers);
}
