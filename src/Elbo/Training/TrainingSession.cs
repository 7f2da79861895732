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
    private readonly IProcessGroup _processes;
    private readonly TrainingCheckpoints _checkpoints;
    private readonly StopAgreement _stop;
    private readonly int _epochs;
    private readonly int _stepsPerEpoch;
    private readonly List<EpochReport> _reports = [];

    private ITrainingObserver? _observer;
    private TrainingPosition _position = new(1, 0);
    private ProgressMeter? _meter;
    private double _bestLoss = double.PositiveInfinity;
    private int _bestEpoch;

    public TrainingSession(
        GenerativeModel model, TrainerOptions options, ExampleSet train, ExampleSet? test, string configuration, IProcessGroup processes)
    {
        (_model, _options, _test, _processes) = (model, options, test, processes);
        Binarization = options.Binarize ?? model.Binarization;
        _objective = new WeightedObjective(options.Objective!, () => ModelTerms.Probe(model));
        model.EnsureFits(train);
        if (test is not null)
            model.EnsureFits(test);
        var device = Devices.Find(options.Device);
        var (kept, held) = ValidationSplit.Split(train, options.Validation!.Value, options.Seed);
        ProcessRequirements.Ensure(model, _objective, device, processes);
        MemoryLimit.Ensure(model, _objective, LargestShare(kept.Count), device);
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
        _step = new TrainingStep(model, _objective, _train, options, _clock, processes, TotalSteps);
        _checkpoints = new TrainingCheckpoints(model, options, _step, processes, configuration);
        _stop = new StopAgreement(processes);
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
        _checkpoints.Writer = new RunWriter(staged, _model);
        _checkpoints.Writer.Begin();
        SaveCheckpoint(CheckpointKind.Last);
        (_checkpoints.Writer.Directory, _observer) = publish();
    }

    /// <summary>The same in a process whose run process 0 records.</summary>
    public void StartUnrecorded() => SaveCheckpoint(CheckpointKind.Last);

    /// <summary>Resumes a run from one of its checkpoints, which process 0 goes on recording.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="from">The last checkpoint, or the one before it.</param>
    /// <param name="observer">Looks at the training.</param>
    public void ResumeIn(RunDirectory directory, CheckpointKind from, ITrainingObserver observer)
    {
        var path = directory.ResumptionPath(from);
        var state = Checkpoint.Restore(path, _model, _step.Optimizer, _step.Sums, _step.Average?.State ?? [], _processes);
        if (state.Position.Step > _stepsPerEpoch)
            throw new InputException($"{path} is damaged: it is of step {state.Position.Step} of an epoch of {_stepsPerEpoch}.");
        _position = state.Position;
        // Best losses of different objectives are not comparable.
        if (state.Objective == _checkpoints.ObjectiveAsJson)
            (_bestLoss, _bestEpoch) = (state.BestLoss, state.BestEpoch);
        if (_position.Epoch - 1 > _epochs)
            throw new SettingsException($"The run already has {_position.Epoch - 1} epochs: choose a larger number.");
        if (_processes.Rank == 0)
        {
            _checkpoints.Writer = new RunWriter(directory, _model);
            _checkpoints.Writer.RestoreTo(state.MetricsLength, state.MetricsSha256);
            _observer = observer;
        }

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
                ProcessAgreement.EnsureSameWeights(_processes, _model, _position);
                var initialLoss = ProcessLists.OfFirst(InitialLoss(cancellationToken), _processes);
                TrainEpochs(progress, cancellationToken);
                _stop.Complete();
                if (_best.IsTaken)
                    RestoreBest();
                var finalLoss = ProcessLists.OfFirst(Divergence.FinalLoss(_reports, _objective, Writer?.Directory), _processes);
                Divergence.EnsureNone(initialLoss, finalLoss, _model.Shape, _bestEpoch);
                test = EvaluateTest(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || _processes.Count > 1)
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
        Writer?.Conclude(state, _bestEpoch);
        return new TrainingResult
        {
            State = state,
            Epochs = _reports,
            Test = test,
            BestEpoch = _bestEpoch,
            Directory = Writer?.Directory.Folder,
            SecondsByPart = _clock.SecondsByPart(),
            GradientPath = GradientPath,
        };
    }

    public void Dispose()
    {
        _step.Dispose();
        _best.Dispose();
        _stop.Dispose();
        Writer?.Dispose();
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
            Writer?.Directory.AppendTimings(
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
            _stop.ThrowIfStopped(cancellationToken);
            if (TakeStep(order) is { } term)
                throw NotFinite(term, GlobalStep + 1);
            _position = new TrainingPosition(epoch, step + 1);
            AtMoment?.Invoke(TrainingMoment.Step, GlobalStep);
            if (_options.CheckpointEvery > 0 && GlobalStep % _options.CheckpointEvery == 0)
                SaveCheckpoint(CheckpointKind.Last);
            if (progress is null || (Stopwatch.GetElapsedTime(reported) < ProgressInterval && step + 1 < _stepsPerEpoch))
                continue;
            reported = Stopwatch.GetTimestamp();
            if (_step.FirstNotFinite(ofAllSteps: false) is { } first)
                throw NotFinite(first.Term, first.Step);
            // A progress handler may use the model.
            SetTrainingMode(false);
            progress.Report(Progress(ExamplesPerSecond(firstStep, Stopwatch.GetElapsedTime(started))));
            SetTrainingMode(true);
        }

        SetTrainingMode(false);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private string? TakeStep(int[] order)
    {
        using var change = _model.BeginChange();
        return _step.Take(order, _position, GlobalStep);
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
        _checkpoints.EnsureFinite(_position, GlobalStep, Best);
        ProcessAgreement.EnsureSameWeights(_processes, _model, _position);
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
        var step = GlobalStep;
        var weights = _objective.WeightsAt(step - 1);
        _clock.Start();
        var validation = _validation is null
            ? null
            : Evaluate(_validation, cancellationToken);
        if (validation is { IsFinite: false })
            throw NotFinite("the validation terms", step);
        _clock.Mark(TrainingPart.Evaluation);

        var selectionLoss = validation is null ? double.NegativeInfinity : validation.Loss(_objective, _objective.FinalWeights);
        var isBest = validation is null || selectionLoss < _bestLoss;
        if (isBest)
        {
            (_bestLoss, _bestEpoch) = (selectionLoss, epoch);
            _best.Take(_model);
        }

        _step.Sums.SumOver(_processes);
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
        Writer?.WriteEpoch(report, step, weights, LearningRate(step));
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
            return Writer?.Directory.ReadRecord().InitialLoss;
        SetTrainingMode(false);
        var first = ShownExamples.Subset([.. Enumerable.Range(0, Math.Min(_options.BatchSize, ShownExamples.Count))]);
        var loss = Evaluate(EvaluationData(first), cancellationToken).Loss(_objective, _objective.FinalWeights);
        // Steps that are not finite are found where they are taken.
        if (!double.IsFinite(loss))
            return null;
        Writer?.Directory.UpdateRecord(record => record with { InitialLoss = loss });
        return loss;
    }

    private string? Record(string? warning)
    {
        if (warning is not null)
            Writer?.Directory.UpdateRecord(record => record with { Warnings = [.. record.Warnings ?? [], warning] });
        return warning;
    }

    private SplitTerms? EvaluateTest(CancellationToken cancellationToken)
    {
        if (_test is null)
            return null;
        Writer?.Directory.CountTestRead();
        var data = EvaluationData(_test);
        _clock.Start();
        var terms = Evaluate(data, cancellationToken);
        _clock.Mark(TrainingPart.Evaluation);
        if (!terms.IsFinite)
            throw NotFinite("the test terms", GlobalStep);
        var weights = _objective.FinalWeights;
        var step = GlobalStep;
        Writer?.WriteTest(terms, terms.Loss(_objective, weights), step, Math.Max(_bestEpoch, 1), weights, LearningRate(step));
        return terms;
    }

    private void SaveCheckpoint(CheckpointKind kind)
    {
        var step = GlobalStep;
        if (_checkpoints.Save(kind, _position, step, Best, () => AtMoment?.Invoke(TrainingMoment.CheckpointWrite, step)))
            _clock.Mark(TrainingPart.Checkpoints);
    }

    private NotFiniteException NotFinite(string what, long at) => _checkpoints.NotFinite(what, at, _position, GlobalStep, Best);

    private EnvironmentException? OutOfMemory(ExternalException exception) =>
        MemoryLimit.Explain(exception, _model, _objective, LargestShare(_train.Count));

    private int LargestShare(int examples) => (Math.Min(_options.BatchSize, examples) + _processes.Count - 1) / _processes.Count;

    private RunWriter? Writer => _checkpoints.Writer;

    private (double Loss, int Epoch) Best => (_bestLoss, _bestEpoch);

    private long GlobalStep => _position.GlobalStep(_stepsPerEpoch);

    private long TotalSteps => (long)_stepsPerEpoch * _epochs;

    /// <summary>The learning rate of the last of so many steps.</summary>
    private double LearningRate(long stepsTaken) => LearningRateSchedules.At(_options, stepsTaken - 1, TotalSteps);

    private SplitTerms Evaluate(BatchReader data, CancellationToken cancellationToken) =>
        SplitEvaluation.Evaluate(
            _model, data, _objective.Samples, _options.Seed, _objective, _options.BatchSize, _processes, cancellationToken);

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
            Writer?.Conclude(RunState.Failed, _bestEpoch, exception.Message);
        }
        catch (ElboException)
        {
        }
    }
}
