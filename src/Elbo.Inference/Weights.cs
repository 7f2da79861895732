using System.Runtime.InteropServices;

namespace Elbo.Inference;

/// <summary>The file of weights of a run: tensors by their names.</summary>
internal sealed class Weights(byte[] bytes, string path)
{
    private readonly SafetensorsFile _file = SafetensorsFile.Read(bytes, path);

    /// <summary>The numbers of a tensor of float32.</summary>
    /// <exception cref="InvalidDataException">There is none of the name, shape and type.</exception>
    public float[] Read(string name, int[] shape)
    {
        if (!_file.TryGet(name, out var entry))
            throw new InvalidDataException($"{path} has no tensor '{name}'");
        if (entry.Type != SafetensorsType.F32 || !entry.Shape.SequenceEqual(shape.Select(size => (long)size)))
            throw new InvalidDataException($"the tensor '{name}' of {path} is not float32 [{string.Join(", ", shape)}]");
        return MemoryMarshal.Cast<byte, float>(entry.Data.Span).ToArray();
    }
}
