namespace Elbo.Cli;

/// <summary>A training that can begin: settings, data and model, which fit each other.</summary>
internal sealed class PreparedTraining : IDisposable
{
    private readonly RunConfiguration _configuration;
    private readonly DataConfiguration _data;
    private readonly string _folder;

    /// <param name="configuration">The settings, of which the data may complete some.</param>
    /// <param name="start">The preset or file they started from, for errors.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="load">Loads the data.</param>
    public PreparedTraining(RunConfiguration configuration, string start, string folder, Func<DataConfiguration, Dataset> load)
    {
        configuration.ToTrainerOptions(folder).Validate();
        TorchThreads.Use(configuration.Training.Threads);
        _data = TrainingPlan.DataOf(configuration, start);
        Dataset = load(_data);
        _configuration = TrainingPlan.FitTo(configuration, Dataset);
        if (configuration.Training.StartFrom is { } run)
            _configuration = _configuration with { Training = configuration.Training with { StartFrom = GivenPath.Full(run) } };
        _folder = folder;
        Model = _configuration.CreateModel();
    }

    public Dataset Dataset { get; }

    public LatentVariableModel Model { get; }

    /// <summary>Whether examples are held out of the training, by which it can be judged.</summary>
    public bool HoldsOut => (_configuration.Data.Validation ?? ValidationSplit.DefaultFor(Dataset.Train.Count)) > 0;

    /// <summary>How the model is trained.</summary>
    public TrainerOptions Options => _configuration.ToTrainerOptions(_folder);

    /// <summary>Refuses what the training would refuse before its first step, and answers the configuration of its run.</summary>
    public RunConfiguration Check(bool withTest) => CreateTrainer().Check(Dataset.Train, withTest ? Dataset.Test : null);

    /// <summary>Puts the weights of the run into the model that the configuration names to start from, if it names one.</summary>
    /// <exception cref="DataException">It is no run, or one of another model.</exception>
    public void LoadInitialWeights()
    {
        if (_configuration.Training.StartFrom is { } run)
            InitialWeights.Load(run, Model);
    }

    /// <summary>Trains into the folder, and tells on stderr how far it is.</summary>
    public TrainingResult Train(bool withTest, CancellationToken cancellationToken)
    {
        LoadInitialWeights();
        return TrainingDisplay.Show(progress =>
            CreateTrainer().Fit(Dataset.Train, withTest ? Dataset.Test : null, Dataset.Name, progress, cancellationToken));
    }

    public void Dispose() => Model.Dispose();

    private Trainer CreateTrainer() =>
        new(Model, Options)
        {
            Preset = _configuration.Preset,
            Data = _data,
            CommandLine = Invocation.Recorded,
        };
}
