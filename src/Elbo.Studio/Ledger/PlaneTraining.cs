using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>Which of the two terms a step of training follows.</summary>
internal enum TermsFollowed
{
    Both,
    Reconstruction,
    Kl,
}

/// <summary>What some steps of training did to the codes of the images they were made on.</summary>
/// <param name="Before">The codes before.</param>
/// <param name="After">The same images' codes after.</param>
/// <param name="TermsBefore">The terms before, in nats for an image.</param>
/// <param name="TermsAfter">The terms after, with the same noise.</param>
/// <param name="Steps">How many steps this training has made in all.</param>
internal sealed record PlaneMovement(
    IReadOnlyList<PlaneCode> Before, IReadOnlyList<PlaneCode> After, PlaneTerms TermsBefore, PlaneTerms TermsAfter, int Steps);

/// <summary>The means of the two terms over the images, in nats.</summary>
/// <param name="Reconstruction">-E_q[log p(x|z)].</param>
/// <param name="Kl">KL(q(z|x) || p(z)); null for an autoencoder.</param>
internal readonly record struct PlaneTerms(double Reconstruction, double? Kl);

/// <summary>
/// A training of one person's own copy of a model, a step at a time, on the same 200 training images. Lives on the thread on which tensors live.
/// </summary>
internal sealed class PlaneTraining : IDisposable
{
    private const double LearningRate = 2e-3;
    private const int MaxSteps = 100;

    private readonly LatentVariableModel _model;
    private readonly TensorDataset _data;
    private readonly ReadOnlyMemory<byte> _labels;
    private readonly int[] _pictures;
    private readonly Workspace _workspace = new();
    private readonly ParameterGradients _gradients = new();
    private readonly ulong _seed;
    private FusedAdam _optimizer;
    private TermsFollowed _followed;

    /// <summary>Begins a training.</summary>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="pictures">Where the images come from.</param>
    /// <param name="model">The id of a model whose codes lie in a plane.</param>
    /// <param name="fromTheStart">Whether it begins as the model's own training began, instead of where that ended.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <exception cref="ConfigurationException">There is no such model, or its codes do not lie in a plane.</exception>
    public PlaneTraining(BundledModels models, MnistPictures pictures, string model, bool fromTheStart = true, ulong seed = 0)
    {
        Model = RequestGuard.Plane(models.Find(model));
        _model = fromTheStart ? models.CopyUntrained(model) : models.Copy(model);
        _seed = seed;
        _labels = pictures.Practice.Labels;
        _pictures = [.. Enumerable.Range(0, pictures.Practice.Count)];
        _data = new TensorDataset(pictures.Practice, Binarization.None, 0, RandomPurpose.EvaluationBinarization, CPU);
        _optimizer = new FusedAdam(_model);
        (Codes, Terms) = (Encode(), Measure());
    }

    /// <summary>What is trained.</summary>
    public BundledModel Model { get; }

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>The codes of the images now.</summary>
    public IReadOnlyList<PlaneCode> Codes { get; private set; }

    /// <summary>The terms now, with noise that is always the same.</summary>
    public PlaneTerms Terms { get; private set; }

    /// <summary>Makes steps down the gradient of one term, or of both with the weights that the model was trained with.</summary>
    /// <exception cref="ConfigurationException">The model has no KL term to follow, or too many steps were asked for.</exception>
    public PlaneMovement Step(TermsFollowed followed, int steps = 1)
    {
        if (steps is < 1 or > MaxSteps)
            throw new ConfigurationException($"{steps} steps were asked for, but between 1 and {MaxSteps} are possible at once.");
        var objective = ObjectiveOf(followed);
        if (followed != _followed)
        {
            // The momentum of the other term's steps is none of this one's.
            _optimizer.Dispose();
            (_optimizer, _followed) = (new FusedAdam(_model), followed);
        }

        var (before, termsBefore) = (Codes, Terms);
        for (var i = 0; i < steps; i++)
            Step(objective);
        (Codes, Terms) = (Encode(), Measure());
        return new PlaneMovement(before, Codes, termsBefore, Terms, Steps);
    }

    /// <summary>What a point of the plane is decoded to now, by a model without a condition.</summary>
    public Images Decode(double x, double y) => _model.Decode(new LatentCodes(2, [(float)x, (float)y]));

    public void Dispose()
    {
        _optimizer.Dispose();
        _gradients.Dispose();
        _workspace.Dispose();
        _data.Dispose();
        _model.Dispose();
    }

    private WeightedObjective ObjectiveOf(TermsFollowed followed)
    {
        var own = Model.Configuration.Objective;
        if (Model.IsAutoencoder && followed == TermsFollowed.Kl)
            throw new ConfigurationException("An autoencoder has no KL term that a step could follow.");
        var options = followed switch
        {
            TermsFollowed.Reconstruction when !Model.IsAutoencoder => own with { KlWeight = 0, ReconstructionWeight = 1 },
            TermsFollowed.Kl => own with { KlWeight = 1, ReconstructionWeight = 0 },
            _ => own,
        };
        return new WeightedObjective(options, _model.HasKullbackLeibler);
    }

    private void Step(WeightedObjective objective)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = _data.Slice(0, _data.Count, workspace: _workspace);
        var derivative = new BoundDerivative(_workspace, _gradients);
        var terms = _model.Terms(batch, Noise(RandomPurpose.Noise, Steps), derivative);
        derivative.Back(objective.Gradient(terms, objective.WeightsAt(Steps)));
        _optimizer.Step(LearningRate);
        _workspace.Reset();
        Steps++;
    }

    private PlaneCode[] Encode()
    {
        using var scope = NewDisposeScope();
        return PlaneCode.Of(_model, _data.Slice(0, _data.Count), _labels, _pictures);
    }

    private PlaneTerms Measure()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var terms = _model.Terms(_data.Slice(0, _data.Count), Noise(RandomPurpose.EvaluationNoise, 0));
        return new PlaneTerms(
            terms.Reconstruction.to(float64).mean().item<double>(), terms.KullbackLeibler?.to(float64).sum(-1).mean().item<double>());
    }

    private Tensor Noise(RandomPurpose purpose, int step)
    {
        using var generator = RandomStream.Create(_seed, purpose, 0, step);
        return randn(new long[] { _data.Count, _model.LatentSize }, float32, generator: generator);
    }
}
