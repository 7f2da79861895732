using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The processes that share one computation. Each calls the same methods in the same order, with tensors of the same shape and type; every
/// call returns when all have made it. Sums have the same bits in every process, and the same for the same number of processes.
/// </summary>
/// <remarks>One thread at a time may call the methods of a process's group.</remarks>
public interface IProcessGroup
{
    /// <summary>The number of this process, from 0. Process 0 alone writes files and speaks.</summary>
    int Rank { get; }

    /// <summary>The number of processes.</summary>
    int Count { get; }

    /// <summary>
    /// Begins to replace the values of a tensor by their sums over all processes. Several sums may be under way; all processes begin them
    /// in the same order.
    /// </summary>
    /// <param name="values">
    /// A contiguous tensor of float32 or float64 in host memory, summed in place. It is neither used nor disposed until the sum was waited
    /// for.
    /// </param>
    /// <returns>The sum, which must be waited for.</returns>
    /// <exception cref="ArgumentException">The tensor has another type, is on another device, or is not contiguous.</exception>
    IPendingSum BeginSum(Tensor values);

    /// <summary>Replaces the values of a tensor by their sums over all processes.</summary>
    /// <param name="values">A contiguous tensor of float32 or float64 in host memory.</param>
    /// <exception cref="ArgumentException">The tensor has another type, is on another device, or is not contiguous.</exception>
    void Sum(Tensor values) => BeginSum(values).Wait();

    /// <summary>Gives every process the bytes of all.</summary>
    /// <param name="bytes">The bytes of this process; each may give another number of them.</param>
    /// <returns>The bytes of each process, in the order of their ranks.</returns>
    IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes);

    /// <summary>Gives every process the bytes of process 0.</summary>
    /// <param name="bytes">What process 0 gives; what the others give is not read.</param>
    /// <returns>The bytes of process 0.</returns>
    byte[] Broadcast(ReadOnlySpan<byte> bytes);

    /// <summary>Waits until all processes have come here.</summary>
    void Barrier();
}

/// <summary>A sum over processes that is under way.</summary>
public interface IPendingSum
{
    /// <summary>Returns when the values are the sums.</summary>
    void Wait();
}
