using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Story;

/// <summary>The parameters of a model of the library, as the file of a bundled one holds them.</summary>
internal static class RunWeights
{
    /// <summary>All parameters in single precision.</summary>
    public static Pack Of(string id, LatentVariableModel model)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return new Pack(
            id,
            [
                .. model.named_parameters().Select(named => PackTensor.OfFloats(
                    named.name,
                    named.parameter.detach().cpu().to(float32).contiguous().data<float>().ToArray(),
                    [.. named.parameter.shape.Select(size => (int)size)])),
            ],
            new Dictionary<string, string>());
    }
}
