using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// One training from its first or its restored position to its end: the only training loop, for all models and objectives.
/// </summary>
internal sealed class TrainingSession : IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly GenerativeModel _model;
    private readonly TrainerOptions _options;
    private readonly WeightedObjective _objective;
    private readonly BatchReader _train;
    private readonly BatchReader? _validation;
    private readonly ExampleSet? _test;
    private readonly TrainingStep _step;
    private readonly WeightSnapshot _best = new();
    private readonly TrainingClock _clock = new();
    private readonly string _configuration;
    private readonly int _epochs;
    private readonly int _stepsPerEpoch;
    private readonly List<EpochReport> _reports = [];

    private RunWriter? _writer;
    private ITrainingObserver? _observer;
    private TrainingPosition _position = new(1, 0);
    private ProgressMeter? _meter;
    private double _bestLoss = double.PositiveInfinity;
    private int _bestEpoch;

    public TrainingSession(
        GenerativeModel model, TrainerOptions options, ExampleSet train, ExampleSet? test, string configuration)
    {
        (_model, _options, _test, _configuration) = (model, options, test, configuration);
        Binarization = options.Binarize ?? model.Binarization;
        _objective = new WeightedObjective(options.Objective!, () => ModelTerms.Probe(model));
        model.EnsureFits(train);
        if (test is not null)
            model.EnsureFits(test);
        var device = Devices.Find(options.Device);
        var (kept, held) = ValidationSplit.Split(train, options.Validation!.Value, options.Seed);
        ActivationLimit.Ensure(model, _objective, Math.Min(options.BatchSize, kept.Count), device);
        _epochs = options.Epochs!.Value;
        _stepsPerEpoch = (kept.Count + options.BatchSize - 1) / options.BatchSize;
        _objective.EnsureSchedulesFit(TotalSteps);
        using (model.BeginChange())
        {
            model.to(device);
            // A submodule may have got parameters after it was registered.
            model.DetachFromDisposeScopes();
        }

        _train = model.Reader(kept, Binarization, options.Seed, RandomPurpose.Binarization);
        _validation = held is null ? null : EvaluationData(held);
        ShownExamples = held ?? kept;
        _step = new TrainingStep(model, _objective, _train, options, _clock, TotalSteps);
    }

    /// <summary>Called at moments at which a crash must not corrupt the run.</summary>
    public Action<TrainingMoment, long>? AtMoment { get; init; }

    /// <inheritdoc cref="Minimizer.GradientPath"/>
    public string GradientPath => _step.GradientPath;

    public GenerativeModel Model => _model;

    public TrainerOptions Options => _options;

    /// <summary>How the model sees pixels.</summary>
    public Binarization Binarization { get; }

    /// <summary>Examples whose conditions a picture may show: those held out, where some are.</summary>
    public ExampleSet ShownExamples { get; }

    /// <summary>Records the run in a new folder, and starts with a checkpoint, so that it can be resumed from the beginning.</summary>
    /// <param name="staged">The folder under its temporary name.</param>
    /// <param name="publish">Gives the complete folder its own name, and says who looks at the training there.</param>
    public void StartIn(RunDirectory staged, Func<(RunDirectory Directory, ITrainingObserver Observer)> publish)
    {
        _writer = new RunWriter(staged, _model);
        _writer.Begin();
        SaveCheckpoint(CheckpointKind.Last);
        (_writer.Directory, _observer) = publish();
    }

    /// <summary>Resumes a run from one of its checkpoints.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="from">The last checkpoint, or the one before it.</param>
    /// <param name="observer">Looks at the training.</param>
    public void ResumeIn(RunDirectory directory, CheckpointKind from, ITrainingObserver observer)
    {
        var path = directory.ResumptionPath(from);
        var state = Checkpoint.Restore(path, _model, _step.Optimizer, _step.Sums, Averages);
        if (state.Position.Step > _stepsPerEpoch)
            throw new InputException($"{path} is damaged: it is of step {state.Position.Step} of an epoch of {_stepsPerEpoch}.");
        _position = state.Position;
        // Best losses of different objectives are not comparable.
        if (state.Objective == ObjectiveAsJson)
            (_bestLoss, _bestEpoch) = (state.BestLoss, state.BestEpoch);
        if (_position.Epoch - 1 > _epochs)
            throw new SettingsException($"The run already has {_position.Epoch - 1} epochs: choose a larger number.");
        _writer = new RunWriter(directory, _model);
        _writer.RestoreTo(state.MetricsLength, state.MetricsSha256);
        _observer = observer;
        if (_bestEpoch == 0)
            return;
        // The weights in memory are the last ones; the best ones are read once, so that both are available.
        using var change = _model.BeginChange();
        using var last = new WeightSnapshot();
        last.Take(_model);
        Checkpoint.LoadWeights(directory.CheckpointPath(CheckpointKind.Best), _model);
        _best.Take(_model);
        last.Restore();
    }

    public TrainingResult Train(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        _model.Binarization = Binarization;
        _meter = new ProgressMeter(_epochs, _stepsPerEpoch, _position);
        SplitTerms? test = null;
        var state = RunState.Finished;
        try
        {
            try
            {
                var initialLoss = InitialLoss(cancellationToken);
                TrainEpochs(progress, cancellationToken);
                if (_best.IsTaken)
                    RestoreBest();
                var finalLoss = Divergence.FinalLoss(_reports, _objective, _writer?.Directory);
                Divergence.EnsureNone(initialLoss, finalLoss, _model.Shape, _bestEpoch);
                test = EvaluateTest(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                state = RunState.Interrupted;
                if (_position.Epoch <= _epochs)
                    SaveCheckpoint(CheckpointKind.Last);
            }
        }
        catch (ExternalException exception) when (OutOfMemory(exception) is { } explained)
        {
            RecordFailure(explained);
            throw explained;
        }
        catch (Exception exception)
        {
            RecordFailure(exception);
            throw;
        }
        finally
        {
            SetTrainingMode(false);
        }

        Record(_observer?.Ended());
        _writer?.Conclude(state, _bestEpoch);
        return new TrainingResult
        {
            State = state,
            Epochs = _reports,
            Test = test,
            BestEpoch = _bestEpoch,
            Directory = _writer?.Directory.Folder,
            SecondsByPart = _clock.SecondsByPart(),
            GradientPath = GradientPath,
        };
    }

    public void Dispose()
    {
        _step.Dispose();
        _best.Dispose();
        _writer?.Dispose();
    }

    private void TrainEpochs(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        while (_position.Epoch <= _epochs)
        {
            var (firstStep, before) = (_position.Step, _clock.SecondsByPart());
            var seconds = TrainEpoch(progress, cancellationToken);
            // A resumed epoch has taken only some of its steps in these seconds.
            var examples = _train.Count - Math.Min(_train.Count, (long)firstStep * _options.BatchSize);
            CompleteEpoch(seconds > 0 ? examples / seconds : 0, progress, cancellationToken);
            _writer?.Directory.AppendTimings(
                _position.Epoch - 1, seconds, _reports[^1].ExamplesPerSecond, _clock.SecondsByPartSince(before));
        }
    }

    private double TrainEpoch(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var epoch = _position.Epoch;
        var order = _train.Shuffle(_options.Seed, RandomPurpose.BatchOrder, epoch);
        var (firstStep, started, reported) = (_position.Step, Stopwatch.GetTimestamp(), 0L);
        SetTrainingMode(true);
        _clock.Start();
        for (var step = firstStep; step < _stepsPerEpoch; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TakeStep(order) is { } term)
                FailNotFinite(term, _position.GlobalStep(_stepsPerEpoch) + 1);
            _position = new TrainingPosition(epoch, step + 1);
            AtMoment?.Invoke(TrainingMoment.Step, _position.GlobalStep(_stepsPerEpoch));
            if (_options.CheckpointEvery > 0 && _position.GlobalStep(_stepsPerEpoch) % _options.CheckpointEvery == 0)
                SaveCheckpoint(CheckpointKind.Last);
            if (progress is null || (Stopwatch.GetElapsedTime(reported) < ProgressInterval && step + 1 < _stepsPerEpoch))
                continue;
            reported = Stopwatch.GetTimestamp();
            EnsureFiniteSoFar();
            // A progress handler may use the model.
            SetTrainingMode(false);
            progress.Report(Progress(ExamplesPerSecond(firstStep, Stopwatch.GetElapsedTime(started))));
            SetTrainingMode(true);
        }

        SetTrainingMode(false);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private string? TakeStep(ReadOnlySpan<int> order)
    {
        using var change = _model.BeginChange();
        return _step.Take(order, _position, _position.GlobalStep(_stepsPerEpoch));
    }

    private void SetTrainingMode(bool isTraining)
    {
        using var change = _model.BeginChange();
        _model.train(isTraining);
    }

    private void RestoreBest()
    {
        using var change = _model.BeginChange();
        _best.Restore();
    }

    private void CompleteEpoch(double examplesPerSecond, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        AtMoment?.Invoke(TrainingMoment.Evaluation, _position.Epoch);
        EnsureFiniteSoFar();
        if (!_model.parameters().All(Finiteness.IsFinite))
            FailNotFinite("a weight", _position.GlobalStep(_stepsPerEpoch));
        EpochReport report;
        // With averaging, the averaged weights are evaluated, shown and kept; the training continues from its own weights.
        using (_step.Average?.PutIntoModel())
            report = EvaluateEpoch(examplesPerSecond, cancellationToken);
        SaveCheckpoint(CheckpointKind.Last);
        if (progress is null)
            return;
        // The report is of these weights, which a progress handler may use.
        using var validated = _step.Average?.PutIntoModel();
        progress.Report(Progress(examplesPerSecond) with
        {
            Epoch = report.Epoch,
            Step = _stepsPerEpoch,
            Completed = report,
            Loss = report.TrainLoss,
        });
    }

    private EpochReport EvaluateEpoch(double examplesPerSecond, CancellationToken cancellationToken)
    {
        var epoch = _position.Epoch;
        var step = _position.GlobalStep(_stepsPerEpoch);
        var weights = _objective.WeightsAt(step - 1);
        _clock.Start();
        var validation = _validation is null
            ? null
            : Evaluate(_validation, cancellationToken);
        if (validation is { IsFinite: false })
            FailNotFinite("the validation terms", step);
        _clock.Mark(TrainingPart.Evaluation);

        var selectionLoss = validation is null ? double.NegativeInfinity : validation.Loss(_objective, _objective.FinalWeights);
        var isBest = validation is null || selectionLoss < _bestLoss;
        if (isBest)
        {
            (_bestLoss, _bestEpoch) = (selectionLoss, epoch);
            _best.Take(_model);
        }

        var report = new EpochReport
        {
            Epoch = epoch,
            Train = _step.Sums.Read(),
            TrainLoss = _step.Sums.MeanLoss(),
            Validation = validation,
            ValidationLoss = validation is null ? null : validation.Loss(_objective, weights),
            IsBest = isBest,
            ExamplesPerSecond = examplesPerSecond,
        };
        _reports.Add(report);
        _writer?.WriteEpoch(report, step, weights, LearningRate(step));
        report = report with { Warning = Record(_observer?.EpochRecorded(report)) };
        _reports[^1] = report;
        _clock.Mark(TrainingPart.Pictures);
        // Best before last: a kill between the two repeats the epoch from the last one, with the same outcome.
        _position = new TrainingPosition(epoch + 1, 0);
        _step.Sums.Reset();
        if (isBest)
            SaveCheckpoint(CheckpointKind.Best);
        return report;
    }

    /// <summary>The loss of a batch at the initial weights; that of a resumed run is in its record.</summary>
    private double? InitialLoss(CancellationToken cancellationToken)
    {
        if (_position != new TrainingPosition(1, 0))
            return _writer?.Directory.ReadRecord().InitialLoss;
        SetTrainingMode(false);
        var first = ShownExamples.Subset([.. Enumerable.Range(0, Math.Min(_options.BatchSize, ShownExamples.Count))]);
        var loss = Evaluate(EvaluationData(first), cancellationToken).Loss(_objective, _objective.FinalWeights);
        // Steps that are not finite are found where they are taken.
        if (!double.IsFinite(loss))
            return null;
        _writer?.Directory.UpdateRecord(record => record with { InitialLoss = loss });
        return loss;
    }

    private string? Record(string? warning)
    {
        if (warning is not null)
            _writer?.Directory.UpdateRecord(record => record with { Warnings = [.. record.Warnings ?? [], warning] });
        return warning;
    }

    private SplitTerms? EvaluateTest(CancellationToken cancellationToken)
    {
        if (_test is null)
            return null;
        _writer?.Directory.CountTestRead();
        var data = EvaluationData(_test);
        _clock.Start();
        var terms = Evaluate(data, cancellationToken);
        _clock.Mark(TrainingPart.Evaluation);
        if (!terms.IsFinite)
            FailNotFinite("the test terms", _position.GlobalStep(_stepsPerEpoch));
        var weights = _objective.FinalWeights;
        var step = _position.GlobalStep(_stepsPerEpoch);
        _writer?.WriteTest(terms, terms.Loss(_objective, weights), step, Math.Max(_bestEpoch, 1), weights, LearningRate(step));
        return terms;
    }

    private void SaveCheckpoint(CheckpointKind kind)
    {
        if (_writer is null)
            return;
        if (kind != CheckpointKind.Diagnostic)
            EnsureFiniteSoFar();
        if (kind != CheckpointKind.Diagnostic && !_model.parameters().All(Finiteness.IsFinite))
            FailNotFinite("a weight", _position.GlobalStep(_stepsPerEpoch));
        var state = new CheckpointState
        {
            Position = _position,
            Seed = _options.Seed,
            MetricsLength = _writer.MetricsLength,
            MetricsSha256 = _writer.MetricsSha256,
            BestEpoch = _bestEpoch,
            BestLoss = _bestLoss,
            Objective = ObjectiveAsJson,
            Configuration = _configuration,
            Optimizer = _step.Optimizer,
            Sums = _step.Sums,
            Averages = Averages,
        };
        var step = _position.GlobalStep(_stepsPerEpoch);
        Checkpoint.Save(
            _writer.Directory.CheckpointPath(kind), kind, _model, state, () => AtMoment?.Invoke(TrainingMoment.CheckpointWrite, step));
        _clock.Mark(TrainingPart.Checkpoints);
    }

    private void EnsureFiniteSoFar()
    {
        if (_step.FirstNotFinite() is { } first)
            FailNotFinite(first.Term, first.Step);
    }

    private void FailNotFinite(string what, long step)
    {
        SaveCheckpoint(CheckpointKind.Diagnostic);
        throw new NotFiniteException(
            $"At step {step} {what} is no longer a finite number: try a lower learning rate"
            + (_writer is null ? "." : $" ({_writer.Directory.CheckpointPath(CheckpointKind.Diagnostic)} holds the weights)."));
    }

    private EnvironmentException? OutOfMemory(ExternalException exception) =>
        ActivationLimit.Explain(exception, _model, _objective, Math.Min(_options.BatchSize, _train.Count));

    private long TotalSteps => (long)_stepsPerEpoch * _epochs;

    private IEnumerable<(string Name, Tensor Value)> Averages => _step.Average?.State ?? [];

    /// <summary>The learning rate of the last of so many steps.</summary>
    private double LearningRate(long stepsTaken) => LearningRateSchedules.At(_options, stepsTaken - 1, TotalSteps);

    private SplitTerms Evaluate(BatchReader data, CancellationToken cancellationToken) =>
        SplitEvaluation.Evaluate(_model, data, _objective.Samples, _options.Seed, _objective, _options.BatchSize, cancellationToken);

    private string ObjectiveAsJson => Json.Write(_options.Objective);

    private BatchReader EvaluationData(ExampleSet data) =>
        _model.Reader(data, Binarization, _options.Seed, RandomPurpose.EvaluationBinarization);

    private double ExamplesPerSecond(int firstStep, TimeSpan elapsed) =>
        Math.Min(_train.Count, (long)(_position.Step - firstStep) * _options.BatchSize) / elapsed.TotalSeconds;

    private TrainingProgress Progress(double examplesPerSecond) =>
        _meter!.At(_position, examplesPerSecond, _position.Step == 0 ? double.NaN : _step.Sums.MeanLoss());

    // The original error matters, even if, for example, a full disk prevents recording it.
    private void RecordFailure(Exception exception)
    {
        try
        {
            _writer?.Conclude(RunState.Failed, _bestEpoch, exception.Message);
        }
        catch (ElboException)
        {
        }
    }
}
