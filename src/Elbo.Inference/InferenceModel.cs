namespace Elbo.Inference;

/// <summary>
/// A model that Elbo trained, without libtorch: it encodes, decodes, samples, scores and completes. Methods that write into spans allocate
/// nothing once they were called with a batch of the size. Results are those of the library to |a - b| ≤ 1e-5 max(1, |b|).
/// </summary>
/// <remarks>
/// Threads: any number of them may use a model at the same time; each call runs on its own thread alone. A graph is read from its file when
/// it is first used. There is nothing to dispose.
/// </remarks>
public sealed partial class InferenceModel
{
    private const string GraphFolder = "graphs/";
    private const string Extension = ".onnx";
    private static readonly string[] Moments = ["mean", "log_variance"];

    private readonly ModelFiles _files;
    private readonly string _graphs;
    private readonly string? _weights;
    private readonly Lazy<GraphRunner> _encoder;
    private readonly Lazy<GraphRunner> _prior;
    private readonly Lazy<GraphRunner> _decoder;
    private readonly Lazy<GraphRunner> _sampler;
    private readonly Lazy<GraphRunner> _score;
    private readonly Lazy<ModelThreshold?> _threshold;

    private InferenceModel(
        ModelFiles files, string graphs, string? weights, ModelDescription description, Func<ModelThreshold?> threshold)
    {
        (_files, _graphs, _weights, Description) = (files, graphs, weights, description);
        _threshold = new(threshold);
        _encoder = Graph("encoder", Moments);
        _prior = Graph("prior", Moments);
        _decoder = Graph("decoder", ["mean"]);
        _sampler = Graph("sampler", ["image", "row"]);
        _score = Graph("score", ["reconstruction", "kl", "negative_elbo"]);
    }

    /// <summary>What the model is.</summary>
    public ModelDescription Description { get; }

    /// <summary>
    /// The threshold for anomalies; null for a model that is not calibrated, or was with other weights than it has now. It is read when it
    /// is first asked for.
    /// </summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public ModelThreshold? Threshold => _threshold.Value;

    /// <summary>Whether the model infers codes: whether there is a q(z|x, c).</summary>
    public bool CanEncode => _files.Has(PathOf("encoder"));

    /// <summary>Whether scores have a KL term, and so are bounds of -log p(x|c).</summary>
    public bool HasKl => _score.Value.Gives("kl");

    /// <summary>Whether codes have a variance: q(z|x, c) is a distribution and not a point.</summary>
    /// <exception cref="NotSupportedException">The model infers no code.</exception>
    public bool HasVariance => _encoder.Value.Gives("log_variance");

    /// <summary>Opens a model.</summary>
    /// <param name="folder">The folder of a run, whose best weights are taken, or the folder of an export (<c>elbo export</c>).</param>
    /// <returns>The model.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder is neither, or a file in it is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static InferenceModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        return Load(new ModelFiles.OfFolder(folder));
    }

    /// <summary>Opens a model from a ZIP archive of its folder, such as a resource of a program.</summary>
    /// <param name="archive">The archive, in which the files of the folder are at the top. It is read to its end, and left open.</param>
    /// <returns>The model, which keeps the files in memory.</returns>
    /// <exception cref="InvalidDataException">The archive has neither a run nor an export, or is damaged.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public static InferenceModel Load(Stream archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return Load(new ModelFiles.OfArchive(archive));
    }

    private static InferenceModel Load(ModelFiles files)
    {
        var isRun = files.Has("config.json");
        var graphs = isRun ? GraphFolder : "";
        // Every model has a decoder.
        var decoder = graphs + "decoder" + Extension;
        if (!files.Has(decoder))
        {
            var folder = files.Describe("");
            throw new InvalidDataException(isRun
                ? $"The run in {folder} has no graphs, because it was made by an earlier version or has a part that describes none: see "
                    + "what 'elbo export' says."
                : $"{folder} is neither a run nor an export: it has no decoder{Extension}.");
        }

        var name = files.Describe(decoder);
        var metadata = OnnxReader.Read(files.Read(decoder), name).Metadata;
        var description = new ModelDescription(metadata, name);
        if (!isRun)
            return new(files, graphs, null, description, () => ThresholdReader.OfExport(metadata));
        var weights = WeightsOf(files);
        return new(files, graphs, weights, description, () => ThresholdReader.OfRun(files, weights));
    }

    /// <summary>Reads every graph now, not when it is first used, so that a damaged file is found at the start of a program.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public void Prepare()
    {
        foreach (var (name, graph) in new[]
        {
            ("encoder", _encoder), ("prior", _prior), ("decoder", _decoder), ("sampler", _sampler), ("score", _score),
        })
        {
            if (_files.Has(PathOf(name)))
                _ = graph.Value;
        }

        _ = Threshold;
    }

    /// <summary>The moments of q(z|x, c).</summary>
    /// <param name="inputs">Values or pixels, and the condition.</param>
    /// <param name="mean">Receives the means, <c>[batch, latent]</c>.</param>
    /// <param name="logVariance">Receives the logarithms of the variances, <c>[batch, latent]</c>; empty for none.</param>
    /// <exception cref="NotSupportedException">The model infers no code, or has codes without a variance and it is asked for.</exception>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public void Encode(in ModelInputs inputs, Span<float> mean, Span<float> logVariance = default) =>
        RunMoments(_encoder.Value, inputs, 1, mean, logVariance);

    /// <summary>The moments of the prior p(z|c).</summary>
    /// <param name="inputs">The condition.</param>
    /// <param name="mean">Receives the means, <c>[batch, latent]</c>.</param>
    /// <param name="logVariance">Receives the logarithms of the variances, <c>[batch, latent]</c>; empty for none.</param>
    /// <exception cref="NotSupportedException">The model has no prior.</exception>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public void Prior(in ModelInputs inputs, Span<float> mean, Span<float> logVariance = default) =>
        RunMoments(_prior.Value, inputs, mean.Length / Math.Max(1, Description.LatentSize), mean, logVariance);

    /// <summary>The means of p(x|z, c).</summary>
    /// <param name="inputs">Codes and the condition.</param>
    /// <param name="values">Receives them, <c>[batch, values]</c>, pictures from 0 to 1 and rows in the units of the data.</param>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public void Decode(in ModelInputs inputs, Span<float> values) => RunValues(_decoder.Value, inputs, values);

    /// <summary>The means of p(x|z, c) at the codes that epsilon makes under p(z|c).</summary>
    /// <param name="inputs">Epsilon and the condition.</param>
    /// <param name="values">Receives them, <c>[batch, values]</c>.</param>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public void Sample(in ModelInputs inputs, Span<float> values) => RunValues(_sampler.Value, inputs, values);

    /// <summary>The terms of -ELBO in nats, at the code that epsilon makes under q(z|x, c).</summary>
    /// <param name="inputs">Values or pixels, epsilon and the condition.</param>
    /// <param name="reconstruction">Receives -log p(x|z, c), <c>[batch]</c>.</param>
    /// <param name="kl">Receives KL(q(z|x, c) || p(z|c)), <c>[batch]</c>; empty for none.</param>
    /// <param name="negativeElbo">Receives their sum, <c>[batch]</c>; empty for none.</param>
    /// <exception cref="NotSupportedException">The model has no KL term, and it or the sum is asked for.</exception>
    /// <exception cref="ArgumentException">An input is missing or does not fit.</exception>
    public void Score(in ModelInputs inputs, Span<float> reconstruction, Span<float> kl = default, Span<float> negativeElbo = default)
    {
        var graph = _score.Value;
        if (!HasKl && !(kl.IsEmpty && negativeElbo.IsEmpty))
            throw new NotSupportedException($"A model of the kind '{Description.Kind}' has no KL term.");
        EnsureLabels(inputs);
        var count = graph.Count(inputs, 1);
        EnsureLength(reconstruction, count, nameof(reconstruction));
        EnsureLength(kl, count, nameof(kl));
        EnsureLength(negativeElbo, count, nameof(negativeElbo));
        graph.Run(inputs, count, reconstruction, kl, negativeElbo);
    }

    private void RunMoments(GraphRunner graph, in ModelInputs inputs, int otherwise, Span<float> mean, Span<float> logVariance)
    {
        if (!logVariance.IsEmpty && !graph.Gives("log_variance"))
            throw new NotSupportedException($"The codes of a model of the kind '{Description.Kind}' have no variance.");
        EnsureLabels(inputs);
        var count = graph.Count(inputs, otherwise);
        EnsureLength(mean, count * Description.LatentSize, nameof(mean));
        EnsureLength(logVariance, count * Description.LatentSize, nameof(logVariance));
        graph.Run(inputs, count, mean, logVariance);
    }

    private void RunValues(GraphRunner graph, in ModelInputs inputs, Span<float> values)
    {
        EnsureLabels(inputs);
        var count = graph.Count(inputs, 1);
        EnsureLength(values, count * Description.ValueCount, nameof(values));
        graph.Run(inputs, count, values);
    }

    private void EnsureLabels(in ModelInputs inputs)
    {
        foreach (var label in inputs.Labels)
        {
            if (Description.Labels.Count > 0 && !Description.HasLabel(label))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(inputs), label, $"The label {label} is none of the model's: {string.Join(", ", Description.Labels)}.");
            }
        }
    }

    private static void EnsureLength(Span<float> destination, int length, string name)
    {
        if (!destination.IsEmpty && destination.Length != length)
            throw new ArgumentException($"{destination.Length} numbers of room were given, but the result has {length}.", name);
    }

    private Lazy<GraphRunner> Graph(string name, IReadOnlyList<string> outputs) => new(() =>
    {
        var path = PathOf(name);
        return _files.Has(path)
            ? GraphRunner.Open(_files, path, outputs, _weights)
            : throw new NotSupportedException($"The model has no graph '{name}': a {Description.Kind} of this kind has none.");
    });

    private string PathOf(string graph) => _graphs + graph + Extension;

    // As the library does: the last weights while there are no best ones.
    private static string WeightsOf(ModelFiles files)
    {
        string[] names = ["best", "last", "previous"];
        return names.Select(name => $"checkpoints/{name}.safetensors").FirstOrDefault(files.Has)
            ?? throw new InvalidDataException($"The run in {files.Describe("")} has no weights.");
    }
}
