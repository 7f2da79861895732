namespace Elbo.Cli;

/// <summary>A training that is ready to start, with consistent settings, data and model.</summary>
internal sealed class PreparedTraining : IDisposable
{
    private readonly RunConfiguration _configuration;
    private readonly DataConfiguration _data;
    private readonly string _folder;

    /// <param name="configuration">The settings; those that depend on the data are filled in.</param>
    /// <param name="start">The preset or file of the settings, for error messages.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="load">Loads the data.</param>
    public PreparedTraining(RunConfiguration configuration, string start, string folder, Func<DataConfiguration, Dataset> load)
    {
        configuration.ToTrainerOptions(folder).Validate();
        TorchThreads.Set(configuration.Training.Threads);
        _data = RunConfigurationBuilder.ResolveData(configuration, start);
        Dataset = load(_data);
        _configuration = RunConfigurationBuilder.AdaptTo(WithLabelsOfStart(configuration), Dataset);
        LikelihoodChoice = configuration.Model.Likelihood is null ? LikelihoodChoice.For(Dataset.Train) : null;
        _folder = folder;
        Model = _configuration.CreateModel();
        if ((Model.FindMisfit(Dataset.Train) ?? Model.FindMisfit(Dataset.Test)) is { } misfit)
        {
            Model.Dispose();
            throw new InputException(misfit);
        }
    }

    public Dataset Dataset { get; }

    public LatentVariableModel Model { get; }

    /// <summary>The likelihood that was taken by the values of the data, and why; null where the settings ask for one.</summary>
    public LikelihoodChoice? LikelihoodChoice { get; }

    /// <summary>
    /// The names of the attributes that the model is conditioned on and that are the same for all training examples: it learns nothing from
    /// them.
    /// </summary>
    public IReadOnlyList<string> ConstantAttributes =>
        IsOnAttributes(_configuration.Model.Condition) && Dataset.Train.Attributes is { } rows
            ?
            [
                .. Enumerable.Range(0, rows.Shape.Size).Where(rows.Statistics.IsConstant)
                    .Select(column => rows.ValueNames?[column] ?? $"{column}"),
            ]
            : [];

    /// <summary>Whether training examples are held out for validation.</summary>
    public bool HasValidationSplit => (_configuration.Data.Validation ?? ValidationSplit.DefaultFor(Dataset.Train.Count)) > 0;

    /// <summary>The training options.</summary>
    public TrainerOptions Options => _configuration.ToTrainerOptions(_folder);

    /// <summary>Performs the checks that training makes before its first step.</summary>
    /// <returns>The configuration of the run.</returns>
    public RunConfiguration Check(bool withTest) => CreateTrainer().Check(Dataset.Train, withTest ? Dataset.Test : null);

    /// <summary>Checks that the initial weights can be loaded if the configuration names a run to start from.</summary>
    /// <exception cref="InputException">The folder is not a run, or the run has another model.</exception>
    public void CheckInitialWeights()
    {
        if (_configuration.Training.StartFrom is { } run)
            new RunDirectory(run).LoadWeights(Model);
    }

    /// <summary>Trains into the folder and shows the progress on stderr.</summary>
    public TrainingResult Train(bool withTest, CancellationToken cancellationToken) => TrainingDisplay.Show(progress =>
        CreateTrainer().Fit(Dataset.Train, withTest ? Dataset.Test : null, Dataset.Name, progress, cancellationToken));

    public void Dispose() => Model.Dispose();

    // The weights that a training starts from know a label by its number, and all labels of their run.
    private static RunConfiguration WithLabelsOfStart(RunConfiguration configuration)
    {
        if (configuration.Training.StartFrom is not { } run || !RunLabels.Enter(configuration.Model.Condition))
            return configuration;
        return configuration.Model.Condition is LabelCondition { Count: 0 }
            && RunDirectory.Open(run).ReadConfiguration().Model.Condition is LabelCondition known
            ? configuration with { Model = configuration.Model with { Condition = known } }
            : configuration;
    }

    private static bool IsOnAttributes(Condition? condition) =>
        condition is AttributesCondition || (condition is JoinedCondition joined && joined.Parts.Any(IsOnAttributes));

    private Trainer CreateTrainer() =>
        new(Model, Options)
        {
            Preset = _configuration.Preset,
            Data = _data,
            CommandLine = Invocation.RecordedCommandLine,
            Processes = SharedWork.Group,
        };
}
