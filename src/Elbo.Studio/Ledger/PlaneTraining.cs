using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>The terms of the loss whose gradient a training step uses.</summary>
internal enum GradientTerms
{
    Both,
    Reconstruction,
    Kl,
}

/// <summary>The effect of training steps on the codes of the images that are shown.</summary>
/// <param name="Before">The codes before the steps.</param>
/// <param name="After">The codes of the same images after the steps.</param>
/// <param name="TermsBefore">The terms before the steps, in nats per image.</param>
/// <param name="TermsAfter">The terms after the steps, with the same sampling noise.</param>
/// <param name="Steps">The total number of steps of this training.</param>
internal sealed record PlaneTrainingResult(
    IReadOnlyList<PlaneCode> Before, IReadOnlyList<PlaneCode> After, PlaneTerms TermsBefore, PlaneTerms TermsAfter, int Steps);

/// <summary>The means of the two terms over the images, in nats.</summary>
/// <param name="Reconstruction">-E_q[log p(x|z)].</param>
/// <param name="Kl">KL(q(z|x) || p(z)); null for an autoencoder.</param>
internal readonly record struct PlaneTerms(double Reconstruction, double? Kl);

/// <summary>
/// Trains a private copy of a model step by step, each step on the next 200 images of a random order of the training split, as every
/// training does. The codes and terms that are shown are those of the same 200 images at any step. It belongs to one page and is used on
/// the compute thread only.
/// </summary>
internal sealed class PlaneTraining : IDisposable
{
    private const double LearningRate = 2e-3;
    private const int MaxSteps = 100;
    private const int BatchSize = 200;

    private readonly LatentVariableModel _model;
    private readonly BatchReader _train;
    private readonly BatchReader _shown;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly int[] _indices;
    private readonly ulong _seed;
    private Minimizer _minimizer;
    private GradientTerms _gradientTerms;
    private (long Epoch, int[] Rows) _order = (0, []);

    /// <summary>Creates the model and encodes the images that are shown.</summary>
    /// <param name="models">The bundled models.</param>
    /// <param name="images">The images of MNIST.</param>
    /// <param name="model">The id of a model with two latent dimensions.</param>
    /// <param name="fromTheStart">Whether the training begins from untrained weights instead of the trained ones.</param>
    /// <param name="seed">The seed of the order of the training images and of the sampling noise.</param>
    /// <exception cref="SettingsException">The model does not exist, or does not have two latent dimensions.</exception>
    public PlaneTraining(BundledModels models, MnistImages images, string model, bool fromTheStart = true, ulong seed = 0)
    {
        Model = RequestGuard.Plane(models.Find(model));
        _model = fromTheStart ? models.CopyUntrained(model) : models.Copy(model);
        _seed = seed;
        _labels = images.ShownOfTraining.Labels;
        _indices = [.. Enumerable.Range(0, images.ShownOfTraining.Count)];
        _train = _model.Reader(images.Train, Binarization.None);
        _shown = _model.Reader(images.ShownOfTraining, Binarization.None);
        _minimizer = Minimize(_gradientTerms);
        (Codes, Terms) = (Encode(), Measure());
    }

    /// <summary>The model that is trained.</summary>
    public BundledModel Model { get; }

    /// <summary>The number of steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The current codes of the images that are shown.</summary>
    public IReadOnlyList<PlaneCode> Codes { get; private set; }

    /// <summary>The current terms, measured with the same noise every time.</summary>
    public PlaneTerms Terms { get; private set; }

    /// <summary>Makes gradient steps on one term, or on both with the weights that the model was trained with.</summary>
    /// <exception cref="SettingsException">The model has no KL term, or the number of steps is out of range.</exception>
    public PlaneTrainingResult Step(GradientTerms gradientTerms, int steps = 1)
    {
        if (steps is < 1 or > MaxSteps)
            throw new SettingsException($"{steps} steps were requested, but the number must be between 1 and {MaxSteps}.");
        if (gradientTerms != _gradientTerms)
        {
            // The optimizer is reset, because its moment estimates belong to the gradient of other terms.
            var minimizer = Minimize(gradientTerms);
            _minimizer.Dispose();
            (_minimizer, _gradientTerms) = (minimizer, gradientTerms);
        }

        var (before, termsBefore) = (Codes, Terms);
        for (var i = 0; i < steps; i++)
            Step();
        (Codes, Terms) = (Encode(), Measure());
        return new PlaneTrainingResult(before, Codes, termsBefore, Terms, Steps);
    }

    /// <summary>Decodes a point of the latent plane with the current weights, for a model without a condition.</summary>
    public ExampleValues Decode(double x, double y) => _model.Decode(new LatentCodes(2, [(float)x, (float)y]));

    public void Dispose()
    {
        _minimizer.Dispose();
        _model.Dispose();
    }

    private Minimizer Minimize(GradientTerms gradientTerms)
    {
        var own = Model.Configuration.Objective;
        if (Model.IsAutoencoder && gradientTerms == GradientTerms.Kl)
            throw new SettingsException("An autoencoder has no KL term to train on.");
        var options = gradientTerms switch
        {
            GradientTerms.Reconstruction when !Model.IsAutoencoder => own with { KlWeight = 0, ReconstructionWeight = 1 },
            GradientTerms.Kl => own with { KlWeight = 1, ReconstructionWeight = 0 },
            _ => own,
        };
        return new Minimizer(_model, options);
    }

    private void Step()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = _train.Gather(RowsOf(Steps));
        _minimizer.Step(batch, _model.TrainingNoise(batch, samples: 1, _seed, Steps), Steps, LearningRate);
        Steps++;
    }

    /// <summary>The training images of a step: in an epoch each image is in one batch.</summary>
    internal ReadOnlySpan<int> RowsOf(int step)
    {
        var (epoch, batch) = Math.DivRem(step, _train.Count / BatchSize);
        if (_order.Epoch != epoch + 1)
            _order = (epoch + 1, _train.Shuffle(_seed, epoch + 1));
        return _order.Rows.AsSpan(batch * BatchSize, BatchSize);
    }

    private PlaneCode[] Encode()
    {
        using var scope = NewDisposeScope();
        return PlaneCodes.Encode(_model, _shown.Slice(0, _shown.Count), _labels, _indices);
    }

    private PlaneTerms Measure()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = _shown.Slice(0, _shown.Count);
        var terms = _model.Terms(batch, _model.EvaluationNoise(batch, samples: 1, _seed));
        return new PlaneTerms(
            terms.Reconstruction.to(float64).mean().item<double>(),
            terms.KlTerms is [var kl] ? kl.Parts.to(float64).sum(-1).mean().item<double>() : null);
    }
}
