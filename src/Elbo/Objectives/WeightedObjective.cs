using static TorchSharp.torch;

namespace Elbo;

/// <summary>An objective with its options, checked against a model and the length of a run.</summary>
internal sealed class WeightedObjective
{
    private readonly Objective _objective;
    private readonly ObjectiveOptions _options;

    /// <param name="options">The objective and its weights.</param>
    /// <param name="probe">The terms of the model that it is for, of any example.</param>
    /// <exception cref="SettingsException">
    /// The options do not fit the objective, or the objective needs a term that the model lacks.
    /// </exception>
    public WeightedObjective(ObjectiveOptions options, Func<BoundTerms> probe)
        : this(options)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        try
        {
            var terms = probe();
            HasAuxiliary = _objective.Auxiliary(terms) is not null;
            Loss(terms, FinalWeights);
        }
        catch (MissingTermException missing)
        {
            throw new SettingsException(
                $"The objective '{options.Kind}' needs {missing.Need}, which this model does not have: {missing.Advice}.", missing);
        }
    }

    private WeightedObjective(ObjectiveOptions options)
    {
        _options = options;
        _objective = Objectives.Find(options.Kind);
        if (options.Samples is < 1 or > 10_000)
            throw new SettingsException($"A mean over {options.Samples} draws of z is not possible: choose between 1 and 10000.");
        if (!double.IsFinite(options.FreeBits) || options.FreeBits < 0)
            throw new SettingsException($"Free bits of {options.FreeBits} are not possible: choose a number of at least 0.");
        EnsureWritable("reconstruction weight", options.ReconstructionWeight);
        EnsureWritable("KL weight", options.KlWeight);
        EnsureWritable("capacity", options.Capacity);
        if (!_objective.TakesCapacity && options.Capacity is not ConstantWeight { Weight: 0 })
            throw new SettingsException(
                $"The objective '{options.Kind}' has no capacity: omit it, or choose the objective 'capacity'.");
        if (!_objective.TakesBoundShare && options.BoundShare != ObjectiveOptions.DefaultBoundShare)
            throw new SettingsException(
                $"The objective '{options.Kind}' has no bound share: omit it, or choose the objective 'hybrid'.");
        _objective.Validate(options);
    }

    /// <summary>Whether the loss has a term besides reconstruction and KL.</summary>
    public bool HasAuxiliary { get; }

    /// <inheritdoc cref="Objective.AuxiliaryDependsOnBatch"/>
    public bool AuxiliaryDependsOnBatch => HasAuxiliary && _objective.AuxiliaryDependsOnBatch;

    /// <inheritdoc cref="Objective.TrainsPrior"/>
    public bool TrainsPrior => _objective.TrainsPrior;

    public int Samples => _options.Samples;

    /// <summary>The weights at which the schedules end, which select the best checkpoint.</summary>
    public TermWeights FinalWeights => new(
        _options.ReconstructionWeight.Final, _options.KlWeight.Final, _options.FreeBits, _options.Capacity.Final, _options.BoundShare);

    /// <summary>The effective beta at the end of the schedules; null if the objective is not a weighted sum of the two terms.</summary>
    public double? EffectiveBeta => _objective.EffectiveBeta(FinalWeights);

    /// <summary>Whether the loss is a weighted sum of reconstruction and KL.</summary>
    public bool IsWeightedSum(TermWeights weights) => _objective.EffectiveBeta(weights) is not null;

    public TermWeights WeightsAt(long step) => new(
        _options.ReconstructionWeight.At(step), _options.KlWeight.At(step), _options.FreeBits, _options.Capacity.At(step),
        _options.BoundShare);

    /// <summary>Rejects a schedule that is longer than the run, which would not reach its final weight.</summary>
    public void EnsureSchedulesFit(long totalSteps)
    {
        Check("reconstruction weight", _options.ReconstructionWeight);
        Check("KL weight", _options.KlWeight);
        Check("capacity", _options.Capacity);

        void Check(string name, WeightSchedule schedule)
        {
            if (schedule.EndStep > totalSteps)
            {
                throw new SettingsException(
                    $"The schedule of the {name} ends at step {schedule.EndStep}, but the run has only {totalSteps} steps: shorten the "
                    + "schedule or train for more epochs.");
            }
        }
    }

    // A schedule that cannot be parsed from config.json would leave a run that cannot be opened.
    private static void EnsureWritable(string name, WeightSchedule? schedule)
    {
        try
        {
            if (schedule is not null && WeightSchedule.Parse(schedule.ToString()) == schedule)
                return;
        }
        catch (SettingsException)
        {
        }

        throw new SettingsException(
            $"The {name} '{schedule}' cannot be recorded: give a number of at least 0, a LinearWarmUp or a CyclicalWeight, with weights of "
            + "at least 0 and steps above 0.");
    }

    /// <inheritdoc cref="Objective.Auxiliary"/>
    public Tensor? Auxiliary(BoundTerms terms) => _objective.Auxiliary(terms);

    /// <summary>The loss of a batch.</summary>
    public Tensor Loss(BoundTerms terms, TermWeights weights) => Loss(MeanTerms.Of(terms, Auxiliary(terms)), weights);

    /// <summary>The loss from averaged terms.</summary>
    public Tensor Loss(MeanTerms terms, TermWeights weights) => _objective.Loss(terms, weights);
}
