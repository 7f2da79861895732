using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The memory of a contiguous tensor on the CPU, which the caller keeps alive. TorchSharp's own spans end at 2 GiB.</summary>
internal static unsafe class HostMemory
{
    /// <summary>The address of a tensor's first number.</summary>
    /// <param name="tensor">The tensor, which is not empty.</param>
    public static T* AddressOf<T>(Tensor tensor)
        where T : unmanaged
    {
        if (tensor.numel() <= int.MaxValue / sizeof(T))
            return Address(tensor);
        using var all = tensor.view(-1);
        using var first = all.narrow(0, 0, 1);
        return Address(first);

        static T* Address(Tensor tensor) => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
    }

    /// <summary>The numbers of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="SettingsException">There are more than a span can have.</exception>
    public static Span<T> Of<T>(Tensor tensor)
        where T : unmanaged
    {
        var count = tensor.numel();
        if (count > int.MaxValue)
        {
            throw new SettingsException(
                $"A step needs {string.Join('x', tensor.shape)} numbers at once, but at most {int.MaxValue} are possible: choose a smaller "
                + "BatchSize or fewer Samples.");
        }

        return count == 0 ? [] : new(AddressOf<T>(tensor), (int)count);
    }
}
