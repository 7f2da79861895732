using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The bytes of a tensor in CPU memory without a copy, so that writing a checkpoint allocates no managed memory. Valid while the tensor is.
/// </summary>
internal sealed unsafe class TensorMemory(Tensor tensor) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => tensor.bytes;

    // Native memory does not move, so pinning is not necessary.
    public override MemoryHandle Pin(int elementIndex = 0) =>
        new((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes)) + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
