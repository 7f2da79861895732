
namespace Elbo;

/// <summary>A run on disk, opened: its model with the best weights, ready to encode, decode, sample and score, or to be trained on.</summary>
public sealed class Run : IDisposable
{
    private readonly RunDirectory _directory;
    private readonly RunConfiguration _configuration;
    private readonly bool _ownsModel;

    private Run(RunDirectory directory, RunConfiguration configuration, LatentVariableModel model, bool ownsModel) =>
        (_directory, _configuration, Model, _ownsModel) = (directory, configuration, model, ownsModel);

    /// <summary>Where the run is.</summary>
    public string Folder => _directory.Folder;

    /// <summary>The model, with the best weights of the run.</summary>
    public LatentVariableModel Model { get; }

    /// <summary>How the run stands.</summary>
    public RunState State => _directory.ReadRecord().State;

    internal RunConfiguration Configuration => _configuration;

    internal RunDirectory Directory => _directory;

    /// <summary>Opens a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="model">
    /// The model to put the weights into, for a run whose encoder or decoder is a module of your own, which only you can build again; it stays
    /// yours to dispose. Null for every other run.
    /// </param>
    /// <returns>The run.</returns>
    /// <exception cref="DataException">The folder is not a run, or its checkpoint is corrupt or belongs to another model.</exception>
    /// <exception cref="ConfigurationException">The run has modules of your own and no model is given.</exception>
    public static Run Load(string folder, LatentVariableModel? model = null)
    {
        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration();
        var created = model ?? Rebuild(directory, configuration);
        try
        {
            if (model is not null)
                RequireModelOf(directory, configuration, model, "The model given", "give the model that was trained");
            Checkpoint.LoadWeights(directory.BestWeightsPath, created);
            return new Run(directory, configuration, created, ownsModel: model is null);
        }
        catch when (model is null)
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with the training where its last checkpoint was written, as if it had never stopped.</summary>
    /// <param name="dataset">The dataset the run was trained on.</param>
    /// <param name="epochs">How many epochs there shall be in all; null for as many as were asked for at first.</param>
    /// <param name="progress">Told how far the training is.</param>
    /// <param name="cancellationToken">Ends the training in good order.</param>
    /// <returns>What this part of the training came to.</returns>
    /// <exception cref="DataException">The dataset is not the one the run was trained on, or the checkpoint is corrupt.</exception>
    /// <exception cref="ConfigurationException">
    /// Fewer epochs are asked for than are done, the run is being trained already, or its config.json is no longer the one it was trained
    /// with.
    /// </exception>
    public TrainingResult Resume(
        Dataset dataset,
        int? epochs = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Resume(dataset.Train, dataset.Test, epochs, progress, cancellationToken);
    }

    /// <summary>Goes on with the training of a run that had no test split.</summary>
    /// <inheritdoc cref="Resume(Dataset, int?, IProgress{TrainingProgress}, CancellationToken)"/>
    /// <param name="train">The examples the run was trained on.</param>
    /// <param name="epochs">How many epochs there shall be in all; null for as many as were asked for at first.</param>
    /// <param name="progress">Told how far the training is.</param>
    /// <param name="cancellationToken">Ends the training in good order.</param>
    public TrainingResult Resume(
        ImageDataset train,
        int? epochs = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        return Resume(train, null, epochs, progress, cancellationToken);
    }

    /// <summary>Disposes the model, unless it was given to <see cref="Load"/>.</summary>
    public void Dispose()
    {
        if (_ownsModel)
            Model.Dispose();
    }

    /// <summary>Called at moments at which a crash must do no harm.</summary>
    internal Action<TrainingMoment, long>? AtMoment { get; set; }

    /// <summary>What differs between the machine the run was made on and this one, and can change the last bits.</summary>
    internal IReadOnlyList<string> DifferencesFromRecordedMachine() =>
        [.. MachineDescription.Current().DifferencesFrom(_directory.ReadRecord().Machine)];

    private TrainingResult Resume(
        ImageDataset train, ImageDataset? test, int? epochs, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var untilTheEnd = TrainingLock.Take(_directory);
        _configuration.RequireSameCourse(Checkpoint.ReadConfiguration(_directory.CheckpointPath(CheckpointKind.Last)), Folder);
        var record = _directory.ReadRecord();
        if (record.Dataset.TrainSha256 != train.Sha256 || record.Dataset.TestSha256 != test?.Sha256)
            throw new DataException($"The run {Folder} was trained on other data than this: its record names {record.Dataset.Name}.");
        var configuration = _configuration;
        if (epochs is { } count)
            configuration = configuration with { Training = configuration.Training with { Epochs = count } };
        var options = configuration.ToTrainerOptions(Folder);
        options.Validate();
        using var session = new TrainingSession(Model, options, train, test, Json.Write(configuration)) { AtMoment = AtMoment };
        session.ResumeIn(_directory);
        if (configuration != _configuration)
            _directory.WriteConfiguration(configuration);
        _directory.UpdateRecord(found => found with
        {
            State = RunState.Running,
            ProcessId = Environment.ProcessId,
            ResumedAt = [.. found.ResumedAt, DateTimeOffset.Now],
            EndedAt = null,
            Failure = null,
        });
        return session.Train(progress, cancellationToken);
    }

    private static LatentVariableModel Rebuild(RunDirectory directory, RunConfiguration configuration)
    {
        if (configuration.Model.EncoderType is not null || configuration.Model.DecoderType is not null)
        {
            throw new ConfigurationException(
                $"The run {directory.Folder} has modules of its author ({configuration.Model.EncoderType ?? configuration.Model.DecoderType}) "
                + "that only its author's program can build: open it there with Run.Load(folder, model).");
        }

        return configuration.CreateModel();
    }

    /// <summary>Refuses a model that differs in choices that change what it computes and that its weights need not show.</summary>
    internal static void RequireModelOf(
        RunDirectory directory, RunConfiguration configuration, LatentVariableModel model, string subject, string advice)
    {
        string[] choices = ["latentSize", "posterior", "prior", "likelihood", "sigma", "condition", "conditionDecoder", "shape"];
        // Where both are the user's own there is no network of Elbo's.
        if (model.Options.CustomEncoder is null || model.Options.CustomDecoder is null)
            choices = [.. choices, "network.activation"];
        if (SettingDifference.Find(configuration.Model, model.Options, choices) is { } found)
        {
            throw new DataException(
                $"{subject} has {found.Name} {found.Right}, but the run {directory.Folder} was trained with {found.Left}: {advice}.");
        }
    }
}
