using TorchSharp;

namespace Elbo;

/// <summary>
/// Trains a model. The same seed gives the same weights and metrics, bit for bit, on the same processor, build and number of threads.
/// The console is not touched, no global setting is changed for longer than the training (<see cref="TrainerOptions.Threads"/>), and all
/// tensor work happens on the calling thread.
/// </summary>
/// <param name="model">The model; it stays the caller's to dispose.</param>
/// <param name="options">How it is trained; null for the defaults.</param>
public sealed class Trainer(GenerativeModel model, TrainerOptions? options = null)
{
    private readonly GenerativeModel _model = model ?? throw new ArgumentNullException(nameof(model));
    private readonly TrainerOptions _options = options ?? new();

    /// <summary>The preset recorded in the configuration of the run.</summary>
    public string? Preset { get; init; }

    /// <summary>The origin of the data recorded in the configuration of the run.</summary>
    public DataConfiguration Data { get; init; } = new() { Source = null };

    /// <summary>The command line recorded in run.json.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>
    /// The processes that share the training: each makes the same model and calls the same method, takes its share of every batch, and gets
    /// the same weights and figures. Process 0 alone writes the run directory.
    /// </summary>
    public IProcessGroup Processes { get; init; } = SingleProcess.Instance;

    /// <summary>Called at moments at which a crash must not corrupt the run.</summary>
    internal Action<TrainingMoment, long>? AtMoment { get; init; }

    /// <summary>Trains on examples alone, without a test split.</summary>
    /// <param name="train">The examples; some of them are held out for validation (<see cref="TrainerOptions.Validation"/>).</param>
    /// <param name="progress">
    /// Receives the state of the training several times a second, on this thread or where it posts to. It may use the model: after an epoch
    /// that has the weights that were validated, which are the averaged ones with <see cref="TrainerOptions.Averaging"/>.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the training cleanly: a checkpoint is saved if the training has a run directory, and the result has the state Interrupted.
    /// </param>
    /// <returns>The result. The model then has the best weights, or the last ones if the training was interrupted.</returns>
    /// <exception cref="SettingsException">The options, the model and the data are not compatible.</exception>
    /// <exception cref="ArgumentException">The values do not fit the model (<see cref="GenerativeModel.FindMisfit"/>).</exception>
    /// <exception cref="InputException">
    /// An example lacks the condition of the model, or the run to start from is none, is corrupt, or has another model.
    /// </exception>
    /// <exception cref="NotFiniteException">The loss is not finite.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained already.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed, or was disposed during the training.</exception>
    public TrainingResult Fit(
        ExampleSet train, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        return Fit(train, null, "unnamed", progress, cancellationToken);
    }

    /// <summary>Trains on a dataset's training split, and reads its test split once at the end.</summary>
    /// <inheritdoc cref="Fit(ExampleSet, IProgress{TrainingProgress}, CancellationToken)"/>
    /// <param name="dataset">The dataset.</param>
    /// <param name="progress">Receives the state of the training several times a second.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    public TrainingResult Fit(
        Dataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Fit(dataset.Train, dataset.Test, dataset.Name, progress, cancellationToken);
    }

    /// <summary>
    /// Trains on examples alone, without a test split, on a thread of its own. It is followed epoch by epoch with <c>await foreach</c>, or
    /// awaited for its result:
    /// <code>
    /// await foreach (var epoch in trainer.FitAsync(data))
    ///     Console.WriteLine($"{epoch.Epoch}: {epoch.ValidationLoss}");
    /// </code>
    /// </summary>
    /// <param name="train">The examples; some of them are held out for validation (<see cref="TrainerOptions.Validation"/>).</param>
    /// <param name="progress">
    /// Receives the state of the training several times a second, on the thread of the training or where it posts to.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the training cleanly: a checkpoint is saved if the training has a run directory, and the result has the state Interrupted.
    /// </param>
    /// <returns>The training, which has begun. Whatever <see cref="Fit(ExampleSet, IProgress{TrainingProgress}, CancellationToken)"/>
    /// throws is thrown where it is followed or awaited.</returns>
    public RunningTraining FitAsync(
        ExampleSet train, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        return RunningTraining.Start((told, stop) => Fit(train, told, stop), progress, cancellationToken);
    }

    /// <summary>The same on a dataset's training split, with its test split read once at the end.</summary>
    /// <inheritdoc cref="FitAsync(ExampleSet, IProgress{TrainingProgress}, CancellationToken)"/>
    /// <param name="dataset">The dataset.</param>
    /// <param name="progress">Receives the state of the training several times a second.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    public RunningTraining FitAsync(
        Dataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return RunningTraining.Start((told, stop) => Fit(dataset, told, stop), progress, cancellationToken);
    }

    /// <summary>Trains on examples with an optional test split, which is read once at the end.</summary>
    /// <inheritdoc cref="Fit(ExampleSet, IProgress{TrainingProgress}, CancellationToken)"/>
    /// <param name="train">The examples to train on.</param>
    /// <param name="test">The test split, or null.</param>
    /// <param name="name">The name of the data, for the record.</param>
    /// <param name="progress">Receives the state of the training several times a second.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    public TrainingResult Fit(
        ExampleSet train,
        ExampleSet? test,
        string name,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(name);
        _options.Validate();
        using var training = _model.BeginTraining();
        using var threads = LibTorchThreads.Use(_options.Threads);
        using var mode = _options.FlushDenormals ? FloatingPointMode.FlushDenormals() : null;
        EnsureFit(train, test);
        var (options, configuration) = Resolve(train);
        if (options.StartFrom is { } source)
        {
            InitialWeights.EnsureSameLabels(source, _model, train);
            InitialWeights.Load(source, _model);
        }

        ProcessAgreement.EnsureSameBeginning(Processes, train.Sha256, test?.Sha256, configuration);
        using var session = new TrainingSession(_model, options, train, test, Json.Write(configuration), Processes)
        {
            AtMoment = AtMoment,
        };
        if (options.Directory is not { } folder)
            return session.Train(progress, cancellationToken);
        if (Processes.Rank != 0)
        {
            RunFolderAgreement.Await(Processes);
            session.StartUnrecorded();
            RunFolderAgreement.Await(Processes);
            return session.Train(progress, cancellationToken);
        }

        using var staged = RunFolderAgreement.Tell(Processes, () => StagedFolder.Create(folder, RunDirectory.What));
        var directory = RunDirectory.CreateFolders(staged.Path);
        using var untilTheEnd = TrainingLock.Take(directory);
        directory.WriteConfiguration(configuration);
        var record = new RunRecord
        {
            State = RunState.Running,
            Machine = ThisMachine.Describe(Processes),
            Seed = options.Seed,
            Dataset = new DatasetRecord(name, train.Sha256, test?.Sha256, train.ValueNames, train.HasLabels ? train.LabelNames : null),
            InitialWeightsSha256 = options.StartFrom is { } run ? InitialWeights.Hash(run) : null,
            GradientPath = session.GradientPath,
            CommandLine = CommandLine,
            Plugins = RunPlugins.Recorded(before: null),
            ProcessId = Environment.ProcessId,
            StartedAt = DateTimeOffset.Now,
        };
        directory.WriteRecord(record);
        session.StartIn(directory, () =>
        {
            // The graphs take what the training gives the model.
            _model.Binarization = session.Binarization;
            RunGraphs.Write(directory, _model, record.Dataset, configuration.Data);
            var published = new RunDirectory(
                RunFolderAgreement.Tell(Processes, () => staged.Publish("config.json", RunDirectory.What)));
            return (published, RunPictures.Of(session, published));
        });
        return session.Train(progress, cancellationToken);
    }

    /// <summary>Runs all checks that a training makes before its first step, and writes nothing.</summary>
    /// <param name="train">The examples to train on.</param>
    /// <param name="test">The test split, or null.</param>
    /// <returns>The configuration that the run would have.</returns>
    /// <exception cref="SettingsException">The options, the model and the data are not compatible.</exception>
    /// <exception cref="InputException">An example lacks the condition of the model.</exception>
    public RunConfiguration Check(ExampleSet train, ExampleSet? test = null)
    {
        _options.Validate();
        using var training = _model.BeginTraining();
        using var threads = LibTorchThreads.Use(_options.Threads);
        var (options, configuration) = Resolve(train);
        if (options.StartFrom is { } source)
            InitialWeights.EnsureSameLabels(source, _model, train);
        using var session = new TrainingSession(_model, options, train, test, Json.Write(configuration), Processes);
        return configuration;
    }

    // Before weights of another run are loaded into the model.
    private void EnsureFit(ExampleSet train, ExampleSet? test)
    {
        _model.EnsureFits(train);
        if (test is not null)
            _model.EnsureFits(test);
    }

    private (TrainerOptions Options, RunConfiguration Configuration) Resolve(ExampleSet train)
    {
        var options = _options.CompletedFor(train) with
        {
            Objective = Named(_options.Objective ?? _model.DefaultObjective),
            LearningRateSchedule = LearningRateSchedules.NameOf(_options.LearningRateSchedule),
            Device = Devices.NameOf(_options.Device),
            Binarize = _options.Binarize ?? BinarizationBefore(),
            Threads = torch.get_num_threads(),
            StartFrom = _options.StartFrom is { } run ? GivenPath.Full(run) : null,
        };
        // Checked before it is written, because JSON cannot represent numbers that are not finite.
        _ = new WeightedObjective(options.Objective, () => ModelTerms.Probe(_model));
        return (options, Configurations.Of(_model, options, Preset, Data));
    }

    // As it was registered, so that runs with the same objective are recorded with the same name.
    private static ObjectiveOptions Named(ObjectiveOptions objective) => objective with { Kind = Objectives.NameOf(objective.Kind) };

    private Binarization BinarizationBefore() => _options.StartFrom is { } run
        ? RunDirectory.Open(run).ReadConfiguration(_model).Data.Binarize
        : _model.Binarization;
}
