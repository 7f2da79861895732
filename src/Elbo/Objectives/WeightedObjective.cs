using static TorchSharp.torch;

namespace Elbo;

/// <summary>An objective with its options, checked against a model and the length of a run.</summary>
internal sealed class WeightedObjective
{
    private readonly Objective _objective;
    private readonly ObjectiveOptions _options;

    public WeightedObjective(ObjectiveOptions options, bool modelHasKullbackLeibler, bool klIsMonteCarlo = false)
    {
        _options = options;
        _objective = Objectives.Find(options.Kind);
        if (options.Samples is < 1 or > 10_000)
            throw new ConfigurationException($"A mean over {options.Samples} draws of z is not possible: choose between 1 and 10000.");
        if (!double.IsFinite(options.FreeBits) || options.FreeBits < 0)
            throw new ConfigurationException($"Free bits of {options.FreeBits} are not possible: choose a number of at least 0.");
        RequireWritable("reconstruction weight", options.ReconstructionWeight);
        RequireWritable("KL weight", options.KlWeight);
        RequireWritable("capacity", options.Capacity);
        if (!_objective.TakesCapacity && options.Capacity is not ConstantWeight { Weight: 0 })
            throw new ConfigurationException($"The objective '{options.Kind}' has no capacity: leave it out, or choose the objective 'capacity'.");
        if (!_objective.TakesBoundShare && options.BoundShare != ObjectiveOptions.DefaultBoundShare)
            throw new ConfigurationException($"The objective '{options.Kind}' has no share of the bound: leave it out, or choose the objective 'hybrid'.");
        _objective.Validate(options, modelHasKullbackLeibler);
        if (!klIsMonteCarlo)
            return;
        if (_objective.NeedsGaussianPrior)
        {
            throw new ConfigurationException(
                $"The objective '{options.Kind}' needs a prior that is a Gaussian: choose --prior standard, or another --objective.");
        }

        if (options.FreeBits > 0)
        {
            throw new ConfigurationException(
                "Free bits are for the KL of each dimension, which a prior that is no Gaussian does not have: leave --free-bits out, or choose "
                + "--prior standard.");
        }
    }

    public int Samples => _options.Samples;

    /// <summary>The weights at which the schedules end: those that the best checkpoint is chosen by.</summary>
    public TermWeights FinalWeights => new(
        _options.ReconstructionWeight.Final, _options.KlWeight.Final, _options.FreeBits, _options.Capacity.Final, _options.BoundShare);

    /// <summary>What the weights at which the schedules end amount to; null for an objective that is no weighted sum of the two terms.</summary>
    public double? EffectiveBeta => _objective.EffectiveBeta(FinalWeights);

    public TermWeights WeightsAt(long step) => new(
        _options.ReconstructionWeight.At(step), _options.KlWeight.At(step), _options.FreeBits, _options.Capacity.At(step), _options.BoundShare);

    /// <summary>Refuses a schedule that the run would cut off: it would silently train with other weights than it names.</summary>
    public void CheckSchedules(long totalSteps)
    {
        Check("reconstruction weight", _options.ReconstructionWeight);
        Check("KL weight", _options.KlWeight);
        Check("capacity", _options.Capacity);

        void Check(string name, WeightSchedule schedule)
        {
            if (schedule.EndStep > totalSteps)
            {
                throw new ConfigurationException(
                    $"The schedule of the {name} ends at step {schedule.EndStep}, but the run has only {totalSteps} steps: shorten the "
                    + "schedule or train for more epochs.");
            }
        }
    }

    // A schedule that does not read back from config.json would be trained with to the end, and leave a run that nobody can open.
    private static void RequireWritable(string name, WeightSchedule? schedule)
    {
        try
        {
            if (schedule is not null && WeightSchedule.Parse(schedule.ToString()) == schedule)
                return;
        }
        catch (ConfigurationException)
        {
        }

        throw new ConfigurationException(
            $"The {name} '{schedule}' cannot be recorded: give a number of at least 0, a LinearWarmUp or a CyclicalWeight, with weights of at "
            + "least 0 and steps above 0.");
    }

    public TermGradients Gradient(BoundTerms terms, TermWeights weights) => _objective.Gradient(terms, weights);

    public Tensor Loss(BoundTerms terms, TermWeights weights) => _objective.Loss(terms, weights);

    public Tensor? OwnTerm(BoundTerms terms) => _objective.OwnTerm(terms);

    public double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) =>
        _objective.Loss(reconstruction, klPerDimension, ownTerm, weights);
}
