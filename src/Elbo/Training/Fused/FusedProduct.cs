using System.Numerics;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A product of two matrices into a third, in memory that stays where it is: by <see cref="VectorProduct{T}"/> on processors where that is
/// faster than libtorch, else by libtorch.
/// </summary>
internal sealed class FusedProduct<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixPart<T> _result;
    private readonly MatrixPart<T> _left;
    private readonly MatrixPart<T> _right;
    private readonly KeptMatrix<T> _panel;
    private readonly (Tensor Result, Tensor Left, Tensor Right)? _tensors;

    /// <param name="result">Where the product belongs.</param>
    /// <param name="left">The left matrix.</param>
    /// <param name="right">The right matrix.</param>
    /// <param name="panel">Memory of the thread that computes it, of <see cref="VectorProduct{T}.PanelNumbers"/> numbers.</param>
    public FusedProduct(MatrixPart<T> result, MatrixPart<T> left, MatrixPart<T> right, KeptMatrix<T> panel)
    {
        (_result, _left, _right, _panel) = (result, left, right, panel);
        if (!VectorProducts.AreFaster)
            _tensors = (result.ToTensor(), left.ToTensor(), right.ToTensor());
    }

    public void Compute()
    {
        if (_tensors is var (result, left, right))
            result.addmm_(left, right, beta: 0);
        else
            VectorProduct<T>.Compute(_result, _left, _right, _panel);
    }

    public void Dispose()
    {
        if (_tensors is not var (result, left, right))
            return;
        result.Dispose();
        left.Dispose();
        right.Dispose();
    }
}
