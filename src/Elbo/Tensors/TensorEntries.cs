using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Converts between tensors and the entries of a safetensors file.</summary>
internal static class TensorEntries
{
    /// <summary>Returns an entry that shares the memory of the tensor; the caller's dispose scope must outlive it.</summary>
    public static SafetensorsEntry FromTensor(string name, Tensor tensor) =>
        new(name, TypeOf(tensor), tensor.shape, new TensorMemory(tensor.detach().cpu().contiguous()).Memory);

    /// <summary>
    /// Copies entries into existing tensors. All entries are checked before the first tensor is changed, so that an invalid file changes
    /// nothing. Half-precision entries can also be copied into float32 tensors, which represent them exactly.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <param name="targets">The tensors, by the names of their entries.</param>
    /// <param name="formerName">The name by which an earlier version wrote an entry, or null.</param>
    public static void CopyInto(
        SafetensorsFile file, string path, IEnumerable<(string Name, Tensor Target)> targets, Func<string, string?>? formerName = null)
    {
        using var _ = no_grad();
        var pairs = targets.Select(target => (target.Target, Entry: Find(target.Name, target.Target))).ToList();
        foreach (var (target, entry) in pairs)
        {
            using var scope = NewDisposeScope();
            var host = empty(target.shape, entry.Type == SafetensorsType.F16 ? float16 : target.dtype);
            host.bytes = MemoryMarshal.AsMemory(entry.Data).Span;
            target.copy_(host);
        }

        SafetensorsEntry Find(string name, Tensor target)
        {
            if (!file.TryGet(name, out var entry) && !(formerName?.Invoke(name) is { } former && file.TryGet(former, out entry)))
                throw new InputException($"{path} lacks the tensor '{name}': it belongs to another model.");
            if (!Fits(entry.Type, TypeOf(target)) || !entry.Shape.SequenceEqual(target.shape))
                throw new InputException($"{path} holds the tensor '{name}' in another shape or type: it belongs to another model.");
            return entry;
        }
    }

    private static bool Fits(SafetensorsType stored, SafetensorsType requested) =>
        stored == requested || (stored, requested) == (SafetensorsType.F16, SafetensorsType.F32);

    private static SafetensorsType TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float16 => SafetensorsType.F16,
        ScalarType.Float32 => SafetensorsType.F32,
        ScalarType.Float64 => SafetensorsType.F64,
        ScalarType.Int64 => SafetensorsType.I64,
        var other => throw new SettingsException($"Tensors of the type {other} cannot be saved: use float32."),
    };
}
