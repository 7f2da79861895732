using TorchSharp;

namespace Elbo;

/// <summary>The computation graphs of a model, made of what its parts describe.</summary>
internal sealed class ModelGraphs
{
    public const string Encoder = "encoder";
    public const string Prior = "prior";
    public const string Decoder = "decoder";
    public const string Sampler = "sampler";
    public const string Score = "score";

    private readonly LatentVariableModel _model;
    private readonly GraphValues _values;
    private readonly Dictionary<object, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly List<GraphBuilder> _graphs = [];
    private readonly List<(string Graph, string Reason)> _leftOut = [];

    private ModelGraphs(LatentVariableModel model, bool floatImages)
    {
        _model = model;
        _values = new GraphValues(model, floatImages);
        foreach (var (name, parameter) in model.named_parameters())
            _names[parameter] = name;
        foreach (var (name, buffer) in model.named_buffers())
            _names[buffer] = name;
    }

    /// <summary>The graphs, and those that a model of this kind has not.</summary>
    public static (IReadOnlyList<GraphBuilder> Graphs, IReadOnlyList<(string Graph, string Reason)> LeftOut) Of(
        LatentVariableModel model, bool floatImages)
    {
        // The weights are those between two steps, where the model is being trained.
        using var inference = model.BeginInference();
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var graphs = new ModelGraphs(model, floatImages);
        graphs.Add(Encoder, model.InfersCode ? null : "no posterior of this model depends on x", graphs.DescribeEncoder);
        graphs.Add(Prior, HasCode(model) ? null : "the model has no code", graphs.DescribePrior);
        graphs.Add(Decoder, null, graphs.DescribeDecoder);
        graphs.Add(Sampler, null, graphs.DescribeSampler);
        graphs.Add(Score, null, graphs.DescribeScore);
        return (graphs._graphs, graphs._leftOut);
    }

    private static bool HasCode(LatentVariableModel model) => model.LatentSize > 0;

    private void Add(string name, string? reason, Action<GraphBuilder> describe)
    {
        if (reason is not null)
        {
            _leftOut.Add((name, reason));
            return;
        }

        var graph = new GraphBuilder(name, _names);
        describe(graph);
        _graphs.Add(graph);
    }

    private void DescribeEncoder(GraphBuilder graph)
    {
        var x = _values.Input(graph);
        var (features, poison) = Features(graph, x);
        var posterior = Posterior(x, features);
        graph.Output("mean", posterior.Mean + poison, "the mean of q(z|x,c)");
        if (posterior.LogVariance is { } logVariance)
            graph.Output("log_variance", logVariance + poison, "the logarithm of the variance of each dimension of q(z|x,c)");
    }

    private void DescribePrior(GraphBuilder graph)
    {
        var (features, poison) = Features(graph, null);
        var prior = _model.Prior.Describe(graph, features);
        graph.Output("mean", prior.Mean + poison, "the mean of p(z|c)");
        if (prior.LogVariance is { } logVariance)
            graph.Output("log_variance", logVariance + poison, "the logarithm of the variance of each dimension of p(z|c)");
        if (prior is not GraphMixture mixture)
            return;
        graph.Output("component_means", mixture.Means, "the mean of each component of the mixture");
        graph.Output("component_log_variances", mixture.LogVariances, "the logarithm of the variance of each component");
        graph.Output("component_log_weights", mixture.LogWeights, "the logarithm of the weight of each component");
    }

    private void DescribeDecoder(GraphBuilder graph)
    {
        var z = HasCode(_model) ? graph.Input("z", GraphType.Float, "codes", -1, _model.LatentSize) : null;
        var (features, poison) = Features(graph, null);
        var output = Decode(graph, z, features);
        graph.Output("parameters", output + poison, $"the parameters of p(x|z,c), {_model.Likelihood.GetType().Name}");
        graph.Output("mean", Mean(output, features, poison), "the mean of p(x|z,c), in the units of the data");
    }

    private void DescribeSampler(GraphBuilder graph)
    {
        var epsilon = Epsilon(graph);
        var (features, poison) = Features(graph, null);
        var z = epsilon is null ? null : _model.Prior.Describe(graph, features).Sample(epsilon);
        graph.Output(
            _values.Name, Mean(Decode(graph, z, features), features, poison),
            "the mean of p(x|z,c) at the code that epsilon is under p(z|c), in the units of the data");
    }

    private void DescribeScore(GraphBuilder graph)
    {
        var x = _values.Input(graph);
        var epsilon = _model.Encoder is PointEncoder ? null : Epsilon(graph);
        var (features, poison) = Features(graph, x);
        var posterior = HasCode(_model) ? Posterior(x, features) : null;
        var z = posterior is null ? null : epsilon is null ? posterior.Mean : posterior.Sample(epsilon);
        var perValue = _model.Likelihood.DescribeLogDensityPerValue(Decode(graph, z, features), x);
        if (_model.Condition?.Target is { } target)
            perValue *= graph.Constant([.. target], 1, target.Count);
        poison = poison.Reshape(-1);
        var reconstruction = poison - perValue.Sum();
        if (_model.Standardization is { } standardization)
            reconstruction += standardization.LogScale;
        graph.Output("reconstruction", reconstruction, "-log p(x|z,c) at the code that epsilon is under q(z|x,c), in nats");
        if (!_model.HasKullbackLeibler)
            return;
        var prior = _model.Prior.Describe(graph, features);
        var kl = (posterior!.KullbackLeibler(prior) ?? posterior.LogDensityOfSample(epsilon!) - prior.LogDensity(z!)) + poison;
        graph.Output("kl", kl, "KL(q(z|x,c) || p(z|c)) in nats, in closed form or at that code");
        graph.Output("negative_elbo", reconstruction + kl, "-ELBO = reconstruction + kl, in nats");
    }

    private GraphValue? Epsilon(GraphBuilder graph) => !HasCode(_model) ? null : graph.Input(
        "epsilon", GraphType.Float, "draws of N(0, I), which make the code: the graph itself draws nothing", -1, _model.LatentSize);

    private GraphDistribution Posterior(GraphValue x, GraphValue? features)
    {
        var condition = _model.Condition;
        if (condition is null || features is null || !_model.InfersCode)
            return _model.Encoder.Describe(x, features);
        var (visible, all) = (condition.ImageFeatureCount, condition.FeatureCount);
        // The visible part is that of x itself.
        return _model.Encoder.Describe(
            x, visible == 0 ? features : visible == all ? null : features.Columns(visible, all - visible));
    }

    private GraphValue Decode(GraphBuilder graph, GraphValue? z, GraphValue? features) => _model.Decoder.Describe(
        z ?? features?.Columns(0, 0) ?? throw new SettingsException("A model without code and condition cannot be exported."), features);

    private GraphValue Mean(GraphValue output, GraphValue? features, GraphValue poison)
    {
        var mean = _model.Likelihood.DescribeMean(output);
        if (_model.Condition is { ImageFeatureCount: > 0 and var visible, Target: { } target })
        {
            mean = output.Graph.Constant([.. target], 1, target.Count).IsAbove(0.5)
                .Select(mean, features!.Columns(0, visible));
        }

        return _values.ToData(mean + poison);
    }

    // The features of the condition, and what makes outputs NaN where they are: an activation may turn NaN into a number.
    private (GraphValue? Features, GraphValue Poison) Features(GraphBuilder graph, GraphValue? x)
    {
        var features = _model.Condition?.Describe(new GraphInputs(graph, x, _values.Input));
        var poison = (features is null || x is null ? features ?? x : features.Beside(x)) is { } read
            ? (read * 0).Sum(keep: true)
            : graph.Constant(new float[1], 1, 1);
        return (features, poison);
    }
}
