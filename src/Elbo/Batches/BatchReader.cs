using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Reads batches of a set: values as a model sees them, and the features of its condition. Nothing is kept of the set but a reference: each
/// batch is gathered in host memory, and copied to another device if necessary.
/// </summary>
/// <remarks>A reader comes from <see cref="GenerativeModel.Reader(ExampleSet, Binarization?, ulong)"/>. It serves any thread.</remarks>
public sealed class BatchReader
{
    private const float Scale = 1f / byte.MaxValue;

    private readonly ExampleSet _data;
    private readonly Binarization _binarization;
    private readonly Device _device;
    private readonly Condition? _condition;
    private readonly Standardization? _standardization;
    private readonly NoiseStream _stream;
    private readonly ReadOnlyMemory<long> _indices;
    private readonly int _size;

    /// <param name="data">The examples.</param>
    /// <param name="binarization">How grey values become zeros and ones, if they do.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">The stream that binarisation draws from.</param>
    /// <param name="device">The device of the batches.</param>
    /// <param name="condition">What the model is conditioned on, or null.</param>
    /// <param name="standardization">How the model standardises values, or null.</param>
    internal BatchReader(
        ExampleSet data,
        Binarization binarization,
        ulong seed,
        RandomPurpose purpose,
        Device device,
        Condition? condition = null,
        Standardization? standardization = null)
    {
        (_data, _binarization, _device, _condition) = (data, binarization, device, condition);
        (_standardization, _stream) = (standardization, new NoiseStream(seed, purpose));
        (_indices, _size) = (data.Indices, data.Shape.Size);
    }

    /// <summary>The number of examples.</summary>
    public int Count => _data.Count;

    /// <summary>The device of the batches.</summary>
    public Device Device => _device;

    /// <summary>A random order of all examples, a function of the seed and the epoch.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <returns>Each position once.</returns>
    public int[] Shuffle(ulong seed, long epoch) => Shuffle(seed, RandomPurpose.BatchOrder, epoch);

    /// <summary>A random order of all examples, a function of the seed and the epoch.</summary>
    internal int[] Shuffle(ulong orderSeed, RandomPurpose orderPurpose, long epoch) =>
        new SplitMix64(RandomStream.Derive(orderSeed, orderPurpose, epoch)).Permutation(Count);

    /// <summary>Consecutive examples in their own order.</summary>
    /// <param name="start">The position of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="epoch">The epoch in which a dynamic binarisation draws.</param>
    /// <returns>The batch, whose tensors belong to the dispose scope in which they were made, or to the caller.</returns>
    public Batch Slice(int start, int count, long epoch = 0) => Gather([.. Enumerable.Range(start, count)], epoch);

    /// <summary>The examples at given positions.</summary>
    /// <param name="rows">The positions.</param>
    /// <param name="epoch">The epoch in which a dynamic binarisation draws.</param>
    /// <returns>The batch, whose tensors belong to the dispose scope in which they were made, or to the caller.</returns>
    public Batch Gather(ReadOnlySpan<int> rows, long epoch = 0)
    {
        var indices = new long[rows.Length];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = _indices.Span[rows[i]];
        // Bytes are a quarter of what is copied; a condition may look at values in host memory.
        var values = Values(rows, indices, epoch, _condition is null or LabelCondition ? _device : CPU);
        int[] labels = _data.HasLabels ? LabelsOf(rows) : [];
        if (_condition is null)
            return new Batch(values.MovedTo(_device)) { Labels = Labels(labels), Indices = indices };
        var inHost = values.device_type == DeviceType.CPU ? HostMemory.Of<float>(values) : [];
        var (features, groups) = Conditions(rows, inHost, labels, indices);
        // Keeps the memory of the tensor alive until here.
        GC.KeepAlive(values);
        return new Batch(values.MovedTo(_device), features.MovedTo(_device), Target())
        {
            Labels = Labels(labels),
            Groups = groups is null ? null : Labels(groups),
            Indices = indices,
        };
    }

    private Tensor Values(ReadOnlySpan<int> rows, long[] indices, long epoch, Device device)
    {
        if (_data.HasBytes)
        {
            var bytes = empty([rows.Length, _size], uint8);
            _data.ReadBytes(rows, HostMemory.Of<byte>(bytes));
            if (_binarization != Binarization.None)
                return Binarize(bytes, indices, epoch, device);
            if (device.type == DeviceType.CPU)
            {
                using (bytes)
                    return Scaled(bytes);
            }

            using var moved = bytes.MovedTo(device);
            return moved.to(float32).mul_(Number(Scale));
        }

        var values = empty([rows.Length, _size], float32);
        if (_standardization is null)
        {
            _data.Read(rows, HostMemory.Of<float>(values));
        }
        else
        {
            var standardized = HostMemory.Of<float>(values);
            var wide = new double[standardized.Length];
            _data.Read(rows, wide);
            _standardization.Apply(wide, standardized);
        }

        if (_binarization == Binarization.None)
            return values;
        using (values)
        {
            using var uniform = (_stream with { Epoch = EpochOf(epoch) }).Uniform(indices, _size, 1, CPU);
            return uniform.lt(values).to(float32);
        }
    }

    // In one pass: libtorch makes two, and for so little work starting its threads takes longer.
    private static Tensor Scaled(Tensor bytes)
    {
        var values = empty(bytes.shape, float32);
        var from = HostMemory.Of<byte>(bytes);
        var to = HostMemory.Of<float>(values);
        var i = 0;
        for (; i <= from.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.Create<byte>(from[i..]).ToVector256Unsafe()));
            (Vector256.ConvertToSingle(low.AsInt32()) * Scale).CopyTo(to[i..]);
            (Vector256.ConvertToSingle(high.AsInt32()) * Scale).CopyTo(to[(i + Vector256<float>.Count)..]);
        }

        for (; i < from.Length; i++)
            to[i] = from[i] * Scale;
        GC.KeepAlive(bytes);
        return values;
    }

    /// <summary>A one with probability v / 255 for each grey value v.</summary>
    private Tensor Binarize(Tensor bytes, long[] indices, long epoch, Device device)
    {
        using var coins = (_stream with { Epoch = EpochOf(epoch) }).Coins(indices, _size, CPU);
        using (bytes)
        {
            using var ones = coins.lt(bytes).MovedTo(device);
            return ones.to(float32);
        }
    }

    // A static binarisation draws every epoch what it drew first.
    private long EpochOf(long epoch) => _binarization == Binarization.Static ? 0 : epoch;

    private (Tensor Features, int[]? Groups) Conditions(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> values, int[] labels, long[] indices)
    {
        var examples = new ExampleRows
        {
            Count = rows.Length,
            Values = values,
            Labels = labels,
            Attributes = AttributesOf(rows),
            Indices = indices,
        };
        var features = zeros([rows.Length, _condition!.FeatureCount], float32);
        _condition.WriteFeatures(examples, HostMemory.Of<float>(features));
        GC.KeepAlive(features);
        if (_condition.GroupCount is null)
            return (features, null);
        var groups = new int[rows.Length];
        _condition.WriteGroups(examples, groups);
        return (features, groups);
    }

    private Tensor? Labels(int[] labels) =>
        labels.Length == 0 ? null : tensor(Array.ConvertAll(labels, label => (long)label)).MovedTo(_device);

    private Tensor? Target() => _condition?.Target is { } target
        ? tensor(target.ToArray(), [1, target.Count], float32).MovedTo(_device)
        : null;

    private int[] LabelsOf(ReadOnlySpan<int> rows)
    {
        var labels = new int[rows.Length];
        var all = _data.Labels.Span;
        for (var i = 0; i < labels.Length; i++)
            labels[i] = all[rows[i]];
        return labels;
    }

    private double[] AttributesOf(ReadOnlySpan<int> rows)
    {
        if (_data.Attributes is not { } attributes)
            return [];
        var values = new double[rows.Length * attributes.Shape.Size];
        attributes.Read(rows, values);
        return values;
    }
}
