using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Tensors as constants of computation graphs.</summary>
public static class GraphConstants
{
    /// <summary>
    /// The numbers of a tensor as a constant of float32, which has the name of the parameter where it is one of the model.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="tensor">The tensor, which is copied.</param>
    /// <returns>The constant.</returns>
    public static GraphValue Constant(this GraphBuilder graph, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        var numbers = tensor.detach().to(float32).cpu().contiguous().data<float>().ToArray();
        return graph.Constant(tensor, GraphType.Float, MemoryMarshal.AsBytes<float>(numbers), tensor.shape);
    }
}
