using static TorchSharp.torch;

namespace Elbo;

/// <summary>A process that shares its computation with no other: a sum over processes is what it was.</summary>
public sealed class SingleProcess : IProcessGroup, IPendingSum
{
    private SingleProcess()
    {
    }

    /// <summary>The only one.</summary>
    public static SingleProcess Instance { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public IPendingSum BeginSum(Tensor values) => this;

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes) => [bytes.ToArray()];

    /// <inheritdoc/>
    public byte[] Broadcast(ReadOnlySpan<byte> bytes) => bytes.ToArray();

    /// <inheritdoc/>
    public void Barrier()
    {
    }

    /// <inheritdoc/>
    public void Wait()
    {
    }
}
