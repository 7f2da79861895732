using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A model p(x|c) = ∫ p(x|z,c) p(z|c) dz with an inference network q(z|x,c), over one or more groups of latent variables. A subclass
/// defines how codes are inferred and how images are generated; the terms of the bound, training, estimation and sampling follow from these
/// two functions. <see cref="LatentVariableModel"/> is the one with a single group. A type of your own is registered by
/// <see cref="GenerativeModels.Register"/>, so that <see cref="Run.Load"/> finds it again.
/// </summary>
/// <remarks>
/// Lifetime: parameters and buffers live until the model is disposed, also where it was made, loaded or trained inside a dispose scope of
/// TorchSharp. Every method of a disposed model throws an <see cref="ObjectDisposedException"/>; calls that are going on end as usual, and
/// the last of them releases the memory.
/// <para>
/// Threads: any number of threads may call methods that return arrays (such as <see cref="Score"/>, Sample, Encode, Decode and Reconstruct)
/// at the same time, with the results that one thread has, bit for bit. They need no mode: a dropout or batch normalisation of your own is
/// in evaluation mode in them. While the model is trained they take turns with the steps of the training: each call sees the weights
/// between two steps, the same in all its batches, and the training waits for it. The training's own thread may call them too, where its
/// progress is reported. A second training at the same time is refused by an <see cref="InvalidOperationException"/>, and so are passes
/// with tensors (<see cref="Terms(Batch, Noise)"/>, <see cref="LatentVariableModel.Encode(Tensor, Tensor?)"/> and the like) on another
/// thread than the training's: they run in the mode in which the module is, and take no turns.
/// </para>
/// <para>
/// Tensors: methods that return arrays leave no tensor behind, and are the main road. Tensors that the passes with tensors return, and
/// those that they make on the way, belong to the dispose scope of the caller (<c>using var scope = torch.NewDisposeScope()</c>). Without
/// one the caller disposes what is returned, and the rest waits for the garbage collector, which does not see how large it is: a thousand
/// passes can take a gigabyte.
/// </para>
/// </remarks>
public abstract partial class GenerativeModel : nn.Module
{
    private ModelTerms? _termsOfModel;

    /// <summary>Sets the parts that every model has.</summary>
    /// <param name="name">The name of the module.</param>
    /// <param name="shape">The shape of the values it is for.</param>
    /// <param name="likelihood">p(x|z,c).</param>
    /// <param name="condition">What it is conditioned on, or null.</param>
    /// <param name="latentGroups">Its groups of latent variables, in the order in which noise is given.</param>
    protected GenerativeModel(
        string name, ValueShape shape, Likelihood likelihood, Condition? condition, params IReadOnlyList<LatentGroup> latentGroups)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        ArgumentNullException.ThrowIfNull(latentGroups);
        if (latentGroups.DistinctBy(group => group.Name).Count() != latentGroups.Count)
            throw new SettingsException($"The latent groups of {name} need names that differ from each other.");
        (Shape, Likelihood, Condition, LatentGroups) = (shape, likelihood, condition, latentGroups);
        register_module("likelihood", likelihood);
    }

    /// <summary>The shape of the values the model is for.</summary>
    public ValueShape Shape { get; }

    /// <summary>p(x|z,c).</summary>
    public Likelihood Likelihood { get; }

    /// <summary>What the model is conditioned on, or null.</summary>
    public Condition? Condition { get; }

    /// <summary>The groups of latent variables, in the order in which noise is given and terms are reported.</summary>
    public IReadOnlyList<LatentGroup> LatentGroups { get; }

    /// <summary>How the model standardises values before it sees them; null for not at all.</summary>
    public Standardization? Standardization { get; protected init; }

    /// <summary>The number of latent dimensions, over all groups.</summary>
    public int LatentSize => LatentGroups.Sum(group => group.Size);

    /// <summary>The objective the model is trained with, where no other is given.</summary>
    public ObjectiveOptions DefaultObjective { get; protected init; } = new();

    /// <summary>
    /// Whether grey pixels became zeros and ones when the model was trained: as a run records it, and what methods that take examples do
    /// with them unless they are told otherwise.
    /// </summary>
    public Binarization Binarization { get; internal set; }

    /// <summary>Whether the model infers a code from an image, by a posterior q(z|x,c).</summary>
    public virtual bool InfersCode => true;

    /// <summary>Whether the bound has a KL term: not where the code is a point, is drawn from the prior, or does not exist.</summary>
    public bool HasKullbackLeibler => TermsOfModel.Kl.Count > 0;

    /// <summary>
    /// Whether a KL term is a Monte Carlo estimate from the draws of z, log q(z|x,c) - log p(z|c), because the KL has no closed form: then
    /// it is one number for each example, without parts for single dimensions.
    /// </summary>
    public bool KlIsMonteCarlo => TermsOfModel.Kl.Any(term => term.IsMonteCarlo);

    /// <summary>Whether draws of z have a density, so that importance sampling can weight them.</summary>
    internal bool HasDensity => TermsOfModel.HasDensity;

    /// <summary>The terms of the model, determined by a pass over one blank image.</summary>
    internal ModelTerms TermsOfModel
    {
        get
        {
            ThrowIfDisposed();
            return _termsOfModel ??= ModelTerms.Of(this);
        }
    }

    /// <summary>The model's settings, as a run records them.</summary>
    internal virtual ModelOptions Settings => new()
    {
        Shape = Shape,
        Condition = Condition,
        LatentSize = LatentSize,
        Likelihood = Likelihood.GetType().Name,
        Standardization = Standardization,
        ModelType = GenerativeModels.NameOf(GetType()),
    };

    /// <summary>Draws codes from q(z|x,c) and decodes them.</summary>
    /// <param name="x">Images in 0..1, <c>[batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <param name="noise">Noise for each latent group.</param>
    /// <returns>
    /// The latent variables, and the parameters of p(x|z,c) at their draws. The tensors belong to the caller's dispose scope; so may all
    /// that an implementation makes on the way.
    /// </returns>
    public abstract ForwardPass Infer(Tensor x, Tensor? features, Noise noise);

    /// <summary>Draws codes from p(z|c) and decodes them.</summary>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <param name="noise">Noise for each latent group.</param>
    /// <returns>
    /// The parameters of p(x|z,c), <c>[..., batch, parameters * values]</c>. The tensor belongs to the caller's dispose scope.
    /// </returns>
    public abstract Tensor Generate(Tensor? features, Noise noise);

    /// <summary>The terms of the bound for each example, with gradients.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="noise">Noise for each latent group; with several draws, terms are Monte Carlo means over them.</param>
    /// <returns>The terms, in nats. Their tensors belong to the caller's dispose scope.</returns>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    /// <exception cref="SettingsException">A part of the model has returned a tensor of a wrong shape.</exception>
    public BoundTerms Terms(Batch batch, Noise noise)
    {
        ThrowIfTrainedElsewhere();
        ArgumentNullException.ThrowIfNull(batch);
        return Terms(batch.Values, batch.Features, batch.Target, noise);
    }

    /// <summary>The terms of values x at conditions given by their features; only values under the target mask count.</summary>
    internal BoundTerms Terms(Tensor x, Tensor? features, Tensor? target, Noise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        var inference = Infer(x, features, noise);
        EnsureShapes(inference, x.shape[0]);
        return new BoundTerms(
            LogLikelihood(inference.Output, x, target),
            inference.Latents,
            () => LogLikelihood(Generate(features, noise), x, target));
    }

    /// <summary>log p(x|z,c) in the units of the data: a standardisation divides the density by its deviations.</summary>
    internal Tensor LogLikelihood(Tensor output, Tensor x, Tensor? target)
    {
        var logDensity = Likelihood.LogDensity(output, x, target);
        return Standardization is null ? logDensity : logDensity.Plus(-Standardization.LogScale);
    }

    /// <summary>The maximum number of images that go through the decoder at once, so that its output stays small.</summary>
    /// <param name="preferred">The number for images and likelihoods of ordinary size.</param>
    internal int MaxBatchSize(int preferred)
    {
        const long maxOutputs = 1 << 24;
        return (int)Math.Clamp(maxOutputs / (long)Likelihood.OutputSize(Shape), 1, preferred);
    }

    /// <summary>The state that training changes, by name: parameters and buffers, such as the running means of a user's modules.</summary>
    internal IEnumerable<(string Name, Tensor Value)> NamedState() =>
        named_parameters().Select(named => (named.name, (Tensor)named.parameter))
            .Concat(named_buffers(include_nonpersistent: false).Select(named => (named.name, named.buffer)));

    /// <summary>The device of the parameters.</summary>
    internal Device CurrentDevice => parameters().First().device;

    /// <summary>Rejects data that does not fit the model.</summary>
    /// <param name="data">The data.</param>
    /// <param name="parameter">The parameter that it was passed in.</param>
    /// <exception cref="ArgumentException">The values do not fit (<see cref="FindMisfit"/>).</exception>
    /// <exception cref="InputException">An example lacks the condition.</exception>
    internal void EnsureFits(ExampleSet data, [CallerArgumentExpression(nameof(data))] string? parameter = null)
    {
        if (FindMisfit(data) is { } misfit)
            throw new ArgumentException(misfit, parameter);
        Condition?.Check(data);
    }

    /// <summary>
    /// Why values do not fit this model: they have another shape, are not finite, or are beyond the likelihood's support. Whoever got them
    /// from a file asks this first; where a method of the model is given such values, it throws an <see cref="ArgumentException"/>.
    /// </summary>
    /// <param name="data">The data; a set that does not know its range is read once.</param>
    /// <returns>One sentence; null if the values fit.</returns>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public string? FindMisfit(ExampleSet data)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(data);
        if (data.Shape != Shape)
            return $"The model is for {Noun(Shape)} of {Shape}, but the data has {Noun(data.Shape)} of {data.Shape}.";
        if (data.KnownRange is null && data.NotFinite is { } notFinite)
            return notFinite;
        var (min, max) = data.KnownRange ?? (data.Statistics.Min, data.Statistics.Max);
        if (Standardization is null && Likelihood.Support is { } support && (min < support.Min || max > support.Max))
        {
            return $"The data has values from {min:R} to {max:R}, but {Likelihood.GetType().Name} is for values from {support.Min:R} to "
                + $"{support.Max:R}: scale them, or choose a Gaussian likelihood.";
        }

        return null;
    }

    /// <summary>
    /// Reads batches of a set as this model sees them, on its device. A binarisation draws as in an evaluation: an example gets the same
    /// pixels for the same seed.
    /// </summary>
    /// <param name="data">The examples.</param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in the training of the model.</param>
    /// <param name="seed">The seed of the binarisation.</param>
    /// <returns>A reader, which keeps a reference to the set.</returns>
    /// <exception cref="ArgumentException">The values do not fit (<see cref="FindMisfit"/>).</exception>
    /// <exception cref="InputException">An example lacks the condition.</exception>
    public BatchReader Reader(ExampleSet data, Binarization? binarize = null, ulong seed = 0)
    {
        EnsureFits(data);
        return Reader(data, binarize ?? Binarization, seed, RandomPurpose.EvaluationBinarization);
    }

    /// <summary>Reads batches of a set as this model sees them, on its device.</summary>
    internal BatchReader Reader(ExampleSet data, Binarization binarize, ulong seed, RandomPurpose purpose) =>
        new(data, binarize, seed, purpose, CurrentDevice, Condition, Standardization);

    // Checked here, because some shape errors inside libtorch end the process instead of throwing.
    private void EnsureShapes(ForwardPass inference, long batch)
    {
        var outputs = Likelihood.OutputSize(Shape);
        if (inference.Output.shape is not [.., var rows, var columns] || rows != batch || columns != outputs)
            throw WrongShape("The decoder", inference.Output, $"[..., {batch}, {outputs}]");
        if (inference.Latents.Count != LatentGroups.Count)
        {
            throw new SettingsException(
                $"The model {GetType().Name} has {LatentGroups.Count} latent groups, but its inference returned "
                + $"{inference.Latents.Count}.");
        }

        foreach (var (group, latent) in LatentGroups.Zip(inference.Latents))
        {
            if (latent.Name != group.Name)
            {
                throw new SettingsException(
                    $"The inference of {GetType().Name} returned '{latent.Name}' for the latent group '{group.Name}'.");
            }

            foreach (var (part, distribution) in new[] { ("posterior", latent.Posterior), ("prior", latent.Prior) })
            {
                // One prior may serve the whole batch.
                var shape = distribution.Mean.shape;
                if (shape.Length < 2 || shape[^1] != group.Size || (shape[^2] != batch && (part, shape[^2]) != ("prior", 1)))
                    throw WrongShape(Subject(), distribution.Mean, $"[{batch}, {group.Size}]");
                if (distribution.HasDensity && distribution.Noise != group.Noise)
                {
                    throw new SettingsException(
                        $"{Subject()} draws from {distribution.Noise} noise, but the group gets {group.Noise} noise.");
                }

                string Subject() => $"The {part} of the latent group '{group.Name}'";
            }
        }
    }

    private static string Noun(ValueShape shape) => shape.Image is null ? "values" : "images";

    private static SettingsException WrongShape(string part, Tensor tensor, string needed) =>
        new($"{part} returned [{string.Join(", ", tensor.shape)}], but {needed} is needed.");
}
