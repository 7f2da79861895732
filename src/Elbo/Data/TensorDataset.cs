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
    private readonly Binarization _binarization;
    private readonly ulong _seed;
    private readonly RandomPurpose _purpose;

    /// <param name="data">The examples.</param>
    /// <param name="binarization">How grey pixels become zeros and ones, if they do.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">The stream that binarisation draws from.</param>
    /// <param name="device">Where the tensors live.</param>
    public TensorDataset(ImageDataset data, Binarization binarization, ulong seed, RandomPurpose purpose, Device device)
    {
        Count = data.Count;
        _binarization = binarization;
        _seed = seed;
        _purpose = purpose;
        using var scope = NewDisposeScope();
        var host = empty([data.Count, data.Shape.Pixels], uint8);
        host.bytes = MemoryMarshal.AsMemory(data.Pixels).Span;
        _pixels = host.to(device);
        _labels = data.HasLabels ? tensor(data.Labels.ToArray(), [data.Count], uint8).to(int64).to(device) : null;
        _attributes = data.Attributes is { } rows ? tensor(rows.Values.ToArray(), [rows.Count, rows.Width], float32).to(device) : null;
        if (binarization == Binarization.Static)
            BinarizeInPlace();
        foreach (var kept in new[] { _pixels, _labels, _attributes })
            kept?.MoveToOuterDisposeScope().DetachFromDisposeScope();
    }

    public int Count { get; }

    public Device Device => _pixels.device;

    /// <summary>A random order of all examples, int64 on the device.</summary>
    public Tensor Shuffle(Generator generator)
    {
        using var scope = NewDisposeScope();
        return randperm(Count, int64, generator: generator).to(Device).MoveToOuterDisposeScope();
    }

    /// <summary>The examples at the given indices; (epoch, step) say which draw of a dynamic binarisation they get.</summary>
    public Batch Gather(Tensor indices, long epoch, long step, Workspace? workspace = null) =>
        new(
            ToFloats(_pixels.index_select(0, indices), epoch, step, workspace),
            _labels?.index_select(0, indices),
            _attributes?.index_select(0, indices));

    /// <summary>A run of examples in their own order.</summary>
    public Batch Slice(int start, int count, long epoch = 0, Workspace? workspace = null)
    {
        var pixels = ToFloats(_pixels.narrow(0, start, count), epoch, start, workspace);
        return new(pixels, _labels?.narrow(0, start, count), _attributes?.narrow(0, start, count));
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _labels?.Dispose();
        _attributes?.Dispose();
    }

    private Tensor ToFloats(Tensor bytes, long epoch, long step, Workspace? workspace)
    {
        var floats = workspace is null ? bytes.to(float32) : workspace.Take(bytes, bytes.shape[0], bytes.shape[1], float32).copy_(bytes);
        floats.mul_(Number(1f / 255));
        if (_binarization != Binarization.Dynamic)
            return floats;
        using var generator = RandomStream.Create(_seed, _purpose, epoch, step, Device);
        return bernoulli(floats, generator);
    }

    private void BinarizeInPlace()
    {
        for (var start = 0; start < Count; start += ChunkSize)
        {
            using var scope = NewDisposeScope();
            using var generator = RandomStream.Create(_seed, _purpose, 0, start, Device);
            var chunk = _pixels.narrow(0, start, Math.Min(ChunkSize, Count - start));
            chunk.copy_((bernoulli(chunk.to(float32) / Number(255), generator) * Number(255)).to(uint8));
        }
    }
}
