using TorchSharp;

namespace Elbo.Onnx;

/// <summary>What the outputs of the graphs must be: computed by the model's own methods.</summary>
internal sealed class ExpectedOutputs(LatentVariableModel model, CheckInputs inputs)
{
    private readonly torch.Tensor _epsilon = torch.tensor(inputs.Epsilon, [inputs.Count, model.LatentSize]);
    private readonly torch.Tensor? _conditions = inputs.Batch.Features;
    private readonly float[]? _features = inputs.Batch.Features is { } features ? CheckInputs.ToArray(features) : null;

    /// <summary>The outputs of a graph by their names.</summary>
    public Dictionary<string, float[]> Of(string graph) => graph switch
    {
        "encoder" => Distribution(model.Encode(inputs.Batch.Values, _conditions)),
        "prior" => Distribution(model.Prior.At(_conditions)),
        "decoder" => new()
        {
            ["parameters"] = CheckInputs.ToArray(model.Decode(_epsilon, _conditions)),
            ["mean"] = model.LatentSize == 0
                ? Sample()
                : model.Decode(new LatentCodes(model.LatentSize, inputs.Epsilon), _features).Values.ToArray(),
        },
        "sampler" => new() { [model.Shape.Image is null ? "row" : "image"] = Sample() },
        "score" => Score(),
        _ => throw new InputException($"'{graph}' is not a graph of an export."),
    };

    private float[] Sample() => model.Sample(inputs.Epsilon, _features).Values.ToArray();

    private Dictionary<string, float[]> Distribution(LatentDistribution distribution)
    {
        var outputs = new Dictionary<string, float[]> { ["mean"] = OfEachExample(distribution.Mean) };
        if (distribution.HasDensity)
            outputs["log_variance"] = OfEachExample(distribution.Variance.log());
        return outputs;
    }

    // Where there is a condition, a graph has a row for each, also where all are the same.
    private float[] OfEachExample(torch.Tensor rows) =>
        CheckInputs.ToArray(_conditions is null ? rows : rows.expand(inputs.Count, rows.shape[1]));

    private Dictionary<string, float[]> Score()
    {
        var terms = model.Terms(inputs.Batch, _epsilon);
        var outputs = new Dictionary<string, float[]> { ["reconstruction"] = CheckInputs.ToArray(terms.Reconstruction) };
        if (terms.KlTerms is not [var kl])
            return outputs;
        outputs["kl"] = CheckInputs.ToArray(kl.PerDraw);
        outputs["negative_elbo"] = [.. outputs["reconstruction"].Zip(outputs["kl"], (reconstruction, each) => reconstruction + each)];
        return outputs;
    }
}
