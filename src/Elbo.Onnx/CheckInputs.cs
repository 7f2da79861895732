using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Elbo.Onnx;

/// <summary>The same examples twice: as the model sees them, and as the inputs of graphs.</summary>
internal sealed class CheckInputs
{
    private readonly ExampleSet _examples;
    private readonly int[] _rows;
    private readonly byte[]? _bytes;
    private readonly float[] _values;

    public CheckInputs(LatentVariableModel model, ExampleSet examples, ulong seed, InferenceSession session)
    {
        Count = examples.Count;
        _rows = [.. Enumerable.Range(0, Count)];
        Epsilon = model.Epsilon(Count, seed);
        // A graph that takes bytes is compared on bytes, whatever the examples are.
        if (model.Shape.Image is { } image && session.InputMetadata.Values.Any(input => input.ElementDataType == Tensors.Byte))
        {
            _bytes = [.. Values(examples).Select(value => (byte)Math.Round(Math.Clamp(value, 0, 1) * byte.MaxValue))];
            var labels = examples.Labels;
            examples = examples.Attributes is { } attributes
                ? new ImageDataset(image, _bytes, labels, attributes)
                : new ImageDataset(image, _bytes, labels);
        }

        _examples = examples;
        Batch = model.Reader(examples, seed: seed).Slice(0, Count);
        // What a binarisation has drawn is the input itself; else the values are in the units of the data.
        _values = model.Binarization != Binarization.None ? ToArray(Batch.Values) : Values(examples);
    }

    public int Count { get; }

    public Batch Batch { get; }

    /// <summary>epsilon, <c>[examples, latent]</c>; codes too.</summary>
    public float[] Epsilon { get; }

    /// <summary>The inputs that a graph has.</summary>
    public Dictionary<string, OrtValue> For(InferenceSession session) =>
        session.InputMetadata.ToDictionary(input => input.Key, input => Create(input.Key, input.Value));

    public static float[] ToArray(torch.Tensor tensor) =>
        tensor.to(torch.ScalarType.Float32).contiguous().data<float>().ToArray();

    private OrtValue Create(string name, NodeMetadata metadata)
    {
        long[] shape = [.. metadata.Dimensions.Select(size => size < 0 ? (long)Count : size)];
        return name switch
        {
            "epsilon" or "z" => OrtValue.CreateTensorValueFromMemory(Epsilon, shape),
            "label" => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(_examples.Labels.ToArray(), label => (long)label), shape),
            "attributes" => OrtValue.CreateTensorValueFromMemory(Doubles(_examples.Attributes!), shape),
            _ when metadata.ElementDataType == Tensors.Byte => OrtValue.CreateTensorValueFromMemory(_bytes!, shape),
            _ => OrtValue.CreateTensorValueFromMemory(_values, shape),
        };
    }

    private float[] Values(ExampleSet examples)
    {
        var values = new float[Count * examples.Shape.Size];
        examples.Read(_rows, values.AsSpan());
        return values;
    }

    private double[] Doubles(ExampleSet examples)
    {
        var values = new double[Count * examples.Shape.Size];
        examples.Read(_rows, values.AsSpan());
        return values;
    }

    private static class Tensors
    {
        public const Microsoft.ML.OnnxRuntime.Tensors.TensorElementType Byte = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt8;
    }
}
