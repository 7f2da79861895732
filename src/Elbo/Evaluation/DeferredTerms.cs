using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of the last batches on a device, until there are enough of them to be added at once: those of every small batch alone would be
/// a dozen calls of a GPU's host in each step.
/// </summary>
internal sealed class DeferredTerms : IDisposable
{
    private const int MostBatches = 16;
    private const long MostNumbers = 1 << 20;

    private readonly List<(Tensor Loss, Tensor Reconstruction, Tensor Kl, Tensor Coordinates)> _batches = [];

    /// <summary>The number of batches.</summary>
    public int Count => _batches.Count;

    /// <summary>Whether what is kept has to be added before another batch: they are one matrix, so all are of a size.</summary>
    /// <param name="examples">The number of examples of the next batch.</param>
    public bool IsFullFor(long examples) => _batches is [var first, ..]
        && (_batches.Count == MostBatches || _batches.Count * first.Kl.numel() > MostNumbers || first.Reconstruction.shape[0] != examples);

    /// <summary>Keeps the terms of a batch.</summary>
    /// <param name="loss">Its loss, a scalar or <c>[batch]</c>; null where there is none.</param>
    /// <param name="reconstruction">The reconstruction of each example, <c>[batch]</c>.</param>
    /// <param name="kl">The KL of each latent dimension, <c>[batch, latent]</c>.</param>
    /// <param name="coordinates">The coordinates of the codes, <c>[batch, latent]</c>.</param>
    public void Add(Tensor? loss, Tensor reconstruction, Tensor kl, Tensor coordinates) => _batches.Add((
        Keep(loss ?? reconstruction.new_zeros(1)), Keep(reconstruction), Keep(kl), Keep(coordinates.to(reconstruction.dtype))));

    /// <summary>
    /// The columns of the sums for each example, in float64, <c>[batches, examples, columns]</c>; null if there is none. They belong to the
    /// dispose scope in which they are made.
    /// </summary>
    public Tensor? Columns()
    {
        if (_batches.Count == 0)
            return null;
        var reconstruction = stack(_batches.Select(batch => batch.Reconstruction)).unsqueeze(-1);
        var kl = stack(_batches.Select(batch => batch.Kl));
        var loss = stack(_batches.Select(batch => batch.Loss.to(reconstruction.dtype).expand(reconstruction.shape[1])));
        return cat(
        [
            ones_like(reconstruction),
            loss.unsqueeze(-1),
            reconstruction,
            reconstruction.Plus(kl.sum(-1, keepdim: true)),
            kl,
            stack(_batches.Select(batch => batch.Coordinates)),
        ], -1).to(float64);
    }

    /// <summary>Discards what is kept.</summary>
    public void Clear()
    {
        foreach (var (loss, reconstruction, kl, coordinates) in _batches)
        {
            loss.Dispose();
            reconstruction.Dispose();
            kl.Dispose();
            coordinates.Dispose();
        }

        _batches.Clear();
    }

    public void Dispose() => Clear();

    // A handle of its own: the caller's belongs to the scope of its step.
    private static Tensor Keep(Tensor tensor) => tensor.detach().DetachFromDisposeScope();
}
