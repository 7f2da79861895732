using TorchSharp;

namespace Elbo;

/// <summary>
/// A run on disk, opened: its model with the best weights, ready to encode, decode, sample and score, or to be trained on.
/// </summary>
/// <remarks>
/// Lifetime: every method of a disposed run throws an <see cref="ObjectDisposedException"/>, and so does the model that it created.
/// Threads: see <see cref="Elbo.GenerativeModel"/>; a loaded model serves any number of threads at the same time.
/// </remarks>
public sealed partial class Run : IDisposable
{
    private readonly RunDirectory _directory;
    private readonly RunConfiguration _configuration;
    private readonly GenerativeModel _model;
    private readonly bool _ownsModel;
    private readonly LoadedWeights _weights;
    private bool _isDisposed;

    private Run(
        RunDirectory directory, RunConfiguration configuration, GenerativeModel model, bool ownsModel, LoadedWeights weights) =>
        (_directory, _configuration, _model, _ownsModel, _weights) = (directory, configuration, model, ownsModel, weights);

    /// <summary>Where the run is.</summary>
    public string Folder => _directory.Folder;

    /// <summary>The model, with the best weights of the run.</summary>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public GenerativeModel GenerativeModel
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _model;
        }
    }

    /// <summary>The same, where it is a model with one code.</summary>
    /// <exception cref="InvalidOperationException">It is a model of another structure: use <see cref="GenerativeModel"/>.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public LatentVariableModel Model => GenerativeModel as LatentVariableModel
        ?? throw new InvalidOperationException(
            $"The model of the run {Folder} is a {GenerativeModel.GetType().Name}: use {nameof(GenerativeModel)}.");

    /// <summary>The state of the run, as its record says at this moment.</summary>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public RunState State
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _directory.ReadRecord().State;
        }
    }

    /// <summary>The history of the training so far: a row for each split of each epoch, as in metrics.csv.</summary>
    /// <exception cref="InputException">The file cannot be read, or is not such a table.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public IReadOnlyList<MetricsRow> ReadMetrics()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _directory.ReadMetrics();
    }

    /// <summary>Every setting of the run.</summary>
    public RunConfiguration Configuration => _configuration;

    /// <summary>The folder of the run and its files.</summary>
    public RunDirectory Directory => _directory;

    /// <summary>The processes that share a training that resumes: each resumes the same run with the same arguments.</summary>
    public IProcessGroup Processes { get; set; } = SingleProcess.Instance;

    // Where a training resumes.
    private string TrainingDevice { get; init; } = Devices.Cpu;

    /// <summary>Opens a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="model">
    /// The model to put the weights into, for a run whose encoder or decoder is a module of your own, which only you can build again, and
    /// for one of a type that is not registered (<see cref="GenerativeModels"/>); it stays yours to dispose. Null for every other run.
    /// </param>
    /// <param name="weights">The checkpoint whose weights the model gets; the last one while there is no best.</param>
    /// <param name="device">
    /// The device of the model, such as <c>cuda</c> or <c>cuda:1</c> (<see cref="Devices"/>), and the one on which a training of it
    /// resumes. Null, the default, stands for the processor, and resumes on the device of the run's own training.
    /// </param>
    /// <returns>The run.</returns>
    /// <exception cref="EnvironmentException">This machine has no such device, or libtorch was built without it.</exception>
    /// <exception cref="InputException">The folder is not a run, or its checkpoint is corrupt or belongs to another model.</exception>
    /// <exception cref="SettingsException">
    /// The run has modules of your own or a model of a type that is not registered, and no model is given, or a part that a plug-in
    /// registers, and it is not loaded.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model given is being trained.</exception>
    public static Run Load(
        string folder, GenerativeModel? model = null, CheckpointKind weights = CheckpointKind.Best, string? device = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var target = device is null ? null : Devices.Find(device);
        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration(model);
        configuration.ToTrainerOptions(folder).Validate();
        var path = weights == CheckpointKind.Best ? directory.BestWeightsPath : directory.CheckpointPath(weights);
        var created = model ?? Rebuild(directory, configuration, path);
        try
        {
            // One of Elbo's own was built from the configuration.
            if (model is not null || configuration.Model.ModelType is not null)
            {
                var subject = model is null ? "The registered model" : "The model given";
                InitialWeights.EnsureSameModel(directory, configuration, created, subject, "give the model that was trained");
            }

            using var alone = created.BeginTraining();
            using var change = created.BeginChange();
            CheckpointSettings.EnsureUnchanged(directory, configuration, path);
            var loaded = LoadedWeights.At(path);
            Checkpoint.LoadWeights(path, created);
            if (target is not null)
                created.to(target);
            created.DetachFromDisposeScopes();
            created.eval();
            created.Binarization = configuration.Data.Binarize;
            return new Run(directory, configuration, created, ownsModel: model is null, loaded)
            {
                TrainingDevice = device is null ? configuration.Training.Device : Devices.NameOf(device),
            };
        }
        catch when (model is null)
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Resumes the training from its last checkpoint, with the same result as without the interruption, on as many threads of libtorch as
    /// before.
    /// </summary>
    /// <param name="dataset">The dataset the run was trained on.</param>
    /// <param name="epochs">The total number of epochs; null for the number that the run was started with.</param>
    /// <param name="progress">Receives the state of the training.</param>
    /// <param name="from">The checkpoint to resume from: the last one, or the one before it where that is damaged.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    /// <returns>The result of this part of the training.</returns>
    /// <exception cref="InputException">The dataset is not the one the run was trained on, or the checkpoint is corrupt.</exception>
    /// <exception cref="SettingsException">
    /// Fewer epochs are requested than completed, or another number with a learning rate schedule, the run was trained
    /// by an earlier version, whose noise this one does not repeat, the run is being trained already, or its config.json is no longer the
    /// one it was trained with.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is being trained already.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public TrainingResult Resume(
        Dataset dataset,
        int? epochs = null,
        IProgress<TrainingProgress>? progress = null,
        CheckpointKind from = CheckpointKind.Last,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Resume(dataset.Train, dataset.Test, epochs, progress, from, cancellationToken);
    }

    /// <summary>Resumes the training of a run that had no test split.</summary>
    /// <inheritdoc cref="Resume(Dataset, int?, IProgress{TrainingProgress}, CheckpointKind, CancellationToken)"/>
    /// <param name="train">The examples the run was trained on.</param>
    /// <param name="epochs">The total number of epochs; null for the number that the run was started with.</param>
    /// <param name="progress">Receives the state of the training.</param>
    /// <param name="from">The checkpoint to resume from.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    public TrainingResult Resume(
        ExampleSet train,
        int? epochs = null,
        IProgress<TrainingProgress>? progress = null,
        CheckpointKind from = CheckpointKind.Last,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        return Resume(train, null, epochs, progress, from, cancellationToken);
    }

    /// <summary>
    /// Trains a new model that begins with this run's best weights, on other data or with other options. The run and its model stay as they
    /// are. A run directory of the training, where <see cref="TrainerOptions.Directory"/> names one, records this run and the SHA-256 of
    /// its weights.
    /// </summary>
    /// <param name="train">The examples, of the shape and with the condition that the model is for.</param>
    /// <param name="options">
    /// How it is trained; null for the defaults. The objective and the binarisation are those of this run unless the options name others.
    /// </param>
    /// <param name="model">
    /// The model to train, for a run whose encoder or decoder is a module of your own, which only you can build again, and for one of a
    /// type that is not registered (<see cref="GenerativeModels"/>); it stays yours to dispose. Null for every other run.
    /// </param>
    /// <param name="progress">Receives the state of the training.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    /// <returns>The trained model and the result of its training.</returns>
    /// <exception cref="ArgumentException">The options name another run to start from, or the values do not fit the model.</exception>
    /// <exception cref="SettingsException">
    /// The options and the data are not compatible, or the run has modules of your own and no model is given.
    /// </exception>
    /// <exception cref="InputException">The data lacks the condition, or the model given is not that of the run.</exception>
    /// <exception cref="NotFiniteException">The loss is not finite.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public FineTunedModel FineTune(
        ExampleSet train,
        TrainerOptions? options = null,
        GenerativeModel? model = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(train);
        return FineTune(options, model, trainer => trainer.Fit(train, progress, cancellationToken));
    }

    /// <summary>The same on a dataset's training split, with its test split read once at the end.</summary>
    /// <inheritdoc cref="FineTune(ExampleSet, TrainerOptions?, GenerativeModel?, IProgress{TrainingProgress}?, CancellationToken)"/>
    /// <param name="dataset">The dataset.</param>
    /// <param name="options">How it is trained; null for the defaults.</param>
    /// <param name="model">The model to train, for a run whose encoder or decoder is a module of your own.</param>
    /// <param name="progress">Receives the state of the training.</param>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    public FineTunedModel FineTune(
        Dataset dataset,
        TrainerOptions? options = null,
        GenerativeModel? model = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(dataset);
        return FineTune(options, model, trainer => trainer.Fit(dataset, progress, cancellationToken));
    }

    /// <summary>Disposes the model, unless it was given to <see cref="Load"/>.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (_ownsModel)
            _model.Dispose();
    }

    /// <summary>Called at moments at which a crash must not corrupt the run.</summary>
    internal Action<TrainingMoment, long>? AtMoment { get; set; }

    /// <summary>The differences between the machine of the run and this one that can change the last bits of a result.</summary>
    /// <returns>A phrase for each difference; none where the training would be repeated bit for bit.</returns>
    /// <exception cref="InputException">The record cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public IReadOnlyList<string> DifferencesFromRecordedMachine()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return [.. ThisMachine.Describe(Processes).DifferencesFrom(_directory.ReadRecord().Machine)];
    }

    private TrainingResult Resume(
        ExampleSet train,
        ExampleSet? test,
        int? epochs,
        IProgress<TrainingProgress>? progress,
        CheckpointKind from,
        CancellationToken cancellationToken)
    {
        if (from is not (CheckpointKind.Last or CheckpointKind.Previous))
            throw new ArgumentOutOfRangeException(nameof(from), from, "A training resumes from the last checkpoint or the one before it.");
        using var training = GenerativeModel.BeginTraining();
        using var untilTheEnd = Processes.Rank == 0 ? TrainingLock.Take(_directory) : null;
        var total = epochs ?? _configuration.ToTrainerOptions(Folder).CompletedFor(train).Epochs;
        var configuration = _configuration with
        {
            Training = _configuration.Training with { Epochs = total, Device = TrainingDevice },
        };
        configuration.EnsureResumable(ReadCheckpointConfiguration(from), Folder);
        var record = _directory.ReadRecord();
        if (record.Dataset.TrainSha256 != train.Sha256 || record.Dataset.TestSha256 != test?.Sha256)
            throw new InputException($"The run {Folder} was trained on other data: its record names {record.Dataset.Name}.");
        var options = configuration.ToTrainerOptions(Folder);
        options.Validate();
        using var threads = LibTorchThreads.Use(options.Threads);
        using var mode = options.FlushDenormals ? FloatingPointMode.FlushDenormals() : null;
        ProcessAgreement.EnsureSameBeginning(Processes, train.Sha256, test?.Sha256, configuration);
        using var session = new TrainingSession(GenerativeModel, options, train, test, Json.Write(configuration), Processes)
        {
            AtMoment = AtMoment,
        };
        ResumeIn(session, from);
        // Before process 0 changes what the others read.
        Processes.Barrier();
        if (Processes.Rank != 0)
            return session.Train(progress, cancellationToken);
        if (configuration != _configuration)
            _directory.WriteConfiguration(configuration);
        _directory.UpdateRecord(found => found with
        {
            State = RunState.Running,
            ProcessId = Environment.ProcessId,
            GradientPath = session.GradientPath,
            Plugins = RunPlugins.Recorded(found.Plugins),
            ResumedAt = [.. found.ResumedAt, DateTimeOffset.Now],
            EndedAt = null,
            Failure = null,
            MetricsSha256 = null,
        });
        return session.Train(progress, cancellationToken);
    }

    /// <summary>
    /// The settings in config.json that are not those its last checkpoint was made with, although a training may go on with others, such
    /// as the learning rate.
    /// </summary>
    /// <returns>A phrase for each difference; none if the file is as the training left it.</returns>
    /// <exception cref="InputException">The checkpoint cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public IReadOnlyList<string> ChangedSettings()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return CheckpointSettings.FindChanges(ReadCheckpointConfiguration(CheckpointKind.Last), _configuration);
    }

    private RunConfiguration ReadCheckpointConfiguration(CheckpointKind from)
    {
        try
        {
            return Checkpoint.ReadConfiguration(_directory.ResumptionPath(from));
        }
        catch (InputException exception)
        {
            throw WithPrevious(exception, from);
        }
    }

    private void ResumeIn(TrainingSession session, CheckpointKind from)
    {
        try
        {
            session.ResumeIn(_directory, from, RunPictures.Of(session, _directory));
        }
        catch (InputException exception)
        {
            throw WithPrevious(exception, from);
        }
    }

    // What is wrong with the last checkpoint need not be with the one before it.
    private InputException WithPrevious(InputException exception, CheckpointKind from)
    {
        var last = _directory.CheckpointPath(CheckpointKind.Last);
        if (from != CheckpointKind.Last || !exception.Message.StartsWith(last, StringComparison.Ordinal)
            || !Checkpoint.IsIntact(_directory.CheckpointPath(CheckpointKind.Previous), GenerativeModel))
            return exception;
        return new InputException(
            $"{exception.Message.TrimEnd('.')}, or resume from the previous checkpoint, which is whole: the result is the same.",
            exception);
    }

    private FineTunedModel FineTune(TrainerOptions? options, GenerativeModel? model, Func<Trainer, TrainingResult> fit)
    {
        if (options?.StartFrom is { } other)
            throw new ArgumentException($"A fine-tuning starts from its own run, but the options name {other}.", nameof(options));
        var trained = model ?? Rebuild(_directory, _configuration, _directory.BestWeightsPath);
        try
        {
            options ??= new();
            var complete = options with { StartFrom = Folder, Objective = options.Objective ?? _configuration.Objective };
            var trainer = new Trainer(trained, complete) { Preset = _configuration.Preset };
            return new FineTunedModel(trained, ownsModel: model is null, fit(trainer));
        }
        catch when (model is null)
        {
            trained.Dispose();
            throw;
        }
    }

    private static GenerativeModel Rebuild(RunDirectory directory, RunConfiguration configuration, string weights)
    {
        var isRegistered = configuration.Model.ModelType is { } type && GenerativeModels.Names.Contains(type);
        if (configuration.Model.CustomType is { } custom && !isRegistered)
        {
            throw new SettingsException(
                $"The run {directory.Folder} has modules of its author ({custom}) "
                + "that only its author's program can build: open it there with Run.Load(folder, model).");
        }

        using var limit = WeightLimit.At(Checkpoint.CountWeights(weights));
        return configuration.CreateGenerativeModel();
    }
}
