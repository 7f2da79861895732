using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A dataset resident on a device. Pixels stay bytes, a quarter of what floats would take, and become floats a batch at a time.
/// </summary>
internal sealed class TensorDataset : IDisposable
{
    private const int ChunkSize = 1_000;
    private readonly Tensor _pixels;
    private readonly Tensor? _labels;
    private readonly Tensor? _attributes;
    private readonly ReadOnlyMemory<long> _indices;
    private readonly Binarization _binarization;
    private readonly NoiseStream _stream;

    /// <param name="data">The examples.</param>
    /// <param name="binarization">How grey pixels become zeros and ones, if they do.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">The stream that binarisation draws from.</param>
    /// <param name="device">Where the tensors live.</param>
    public TensorDataset(ImageDataset data, Binarization binarization, ulong seed, RandomPurpose purpose, Device device)
    {
        (Count, _indices, _binarization, _stream) = (data.Count, data.Indices, binarization, new NoiseStream(seed, purpose));
        using var scope = NewDisposeScope();
        var host = empty([data.Count, data.Shape.Pixels], uint8);
        host.bytes = MemoryMarshal.AsMemory(data.Pixels).Span;
        if (binarization == Binarization.Static)
            BinarizeInPlace(host);
        _pixels = host.to(device);
        _labels = data.HasLabels ? tensor(data.Labels.ToArray(), [data.Count], uint8).to(int64).to(device) : null;
        _attributes = data.Attributes is { } rows ? tensor(rows.Values.ToArray(), [rows.Count, rows.Width], float32).to(device) : null;
        foreach (var kept in new[] { _pixels, _labels, _attributes })
            kept?.MoveToOuterDisposeScope().DetachFromDisposeScope();
    }

    public int Count { get; }

    public Device Device => _pixels.device;

    /// <summary>A random order of all examples, a function of the seed and the epoch.</summary>
    public int[] Shuffle(ulong seed, RandomPurpose purpose, long epoch) =>
        new SplitMix64(RandomStream.Derive(seed, purpose, epoch)).Permutation(Count);

    /// <summary>The examples at given positions; a dynamic binarisation draws them as in the given epoch.</summary>
    public Batch Gather(ReadOnlySpan<int> positions, long epoch = 0)
    {
        var (rows, indices) = (new long[positions.Length], new long[positions.Length]);
        for (var i = 0; i < rows.Length; i++)
            (rows[i], indices[i]) = (positions[i], _indices.Span[positions[i]]);
        using var chosen = tensor(rows, device: Device);
        using var bytes = _pixels.index_select(0, chosen);
        return new Batch(ToFloats(bytes, indices, epoch), _labels?.index_select(0, chosen), _attributes?.index_select(0, chosen))
        {
            Indices = indices,
        };
    }

    /// <summary>Consecutive examples in their own order.</summary>
    public Batch Slice(int start, int count, long epoch = 0)
    {
        var indices = _indices.Slice(start, count);
        using var bytes = _pixels.narrow(0, start, count);
        return new Batch(ToFloats(bytes, indices.Span, epoch), _labels?.narrow(0, start, count), _attributes?.narrow(0, start, count))
        {
            Indices = indices,
        };
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _labels?.Dispose();
        _attributes?.Dispose();
    }

    private Tensor ToFloats(Tensor bytes, ReadOnlySpan<long> indices, long epoch) => _binarization == Binarization.Dynamic
        ? Binarize(bytes, _stream with { Epoch = epoch }, indices).to(float32)
        : bytes.to(float32).mul_(Number(1f / byte.MaxValue));

    private void BinarizeInPlace(Tensor pixels)
    {
        for (var start = 0; start < Count; start += ChunkSize)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(ChunkSize, Count - start);
            var chunk = pixels.narrow(0, start, size);
            chunk.copy_(Binarize(chunk, _stream, _indices.Span.Slice(start, size)).to(uint8) * Number(byte.MaxValue));
        }
    }

    /// <summary>A one with probability v / 255 for each grey value v.</summary>
    private static Tensor Binarize(Tensor bytes, NoiseStream stream, ReadOnlySpan<long> indices)
    {
        using var coins = stream.Coins(indices, (int)bytes.shape[1], bytes.device);
        return coins.lt(bytes);
    }
}
