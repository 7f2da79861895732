using System.Runtime.InteropServices;
using System.Text;

namespace Elbo;

/// <summary>
/// What the driver says of a GPU, which TorchSharp does not: its name and memory. Only calls that need no context are made, so nothing is
/// allocated on a GPU. On systems other than Linux nothing is asked.
/// </summary>
internal static partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int Success = 0;
    private const int LongestName = 256;

    /// <summary>The name and the bytes of memory of a GPU, counted from 0; null where there is no driver, or no such GPU.</summary>
    public static (string Name, long Memory)? Find(int index)
    {
        try
        {
            var name = new byte[LongestName];
            return OperatingSystem.IsLinux()
                && Initialize(0) == Success
                && GetDevice(out var device, index) == Success
                && GetMemory(out var bytes, device) == Success
                && GetName(name, name.Length, device) == Success
                ? (Encoding.UTF8.GetString(name).TrimEnd('\0'), (long)bytes)
                : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport(Library, EntryPoint = "cuInit")]
    private static partial int Initialize(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    private static partial int GetDevice(out int device, int ordinal);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    private static partial int GetMemory(out nuint bytes, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    private static partial int GetName([Out] byte[] name, int length, int device);
}
