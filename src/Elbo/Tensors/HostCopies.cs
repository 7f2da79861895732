using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Copies of what was made in host memory on another device.</summary>
internal static class HostCopies
{
    /// <summary>
    /// The tensor itself where it is on the device, else a copy, for which the host does not wait: one to a GPU goes through memory
    /// that the GPU reads by itself, while a copy from any other memory would first wait for all that the GPU was asked to do.
    /// </summary>
    /// <param name="host">The tensor, which is disposed where it is copied.</param>
    /// <param name="device">The device.</param>
    public static Tensor MovedTo(this Tensor host, Device device)
    {
        // Who wrote to the memory of the tensor needs it alive until here.
        GC.KeepAlive(host);
        if (device.type == host.device_type)
            return host;
        using (host)
        {
            if (device.type != DeviceType.CUDA)
                return host.to(device);
            // libtorch keeps the memory until the copy is done.
            using var pinned = host.pin_memory();
            return pinned.to(device, non_blocking: true);
        }
    }
}
