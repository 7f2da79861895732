using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Several processes stop after the same step, although a signal reaches them at different moments or only one of them: what each has been
/// told travels to the others during a step, and is read at the beginning of the next.
/// </summary>
internal sealed class StopAgreement(IProcessGroup processes) : IDisposable
{
    private readonly Tensor _wishes = zeros(1, float32, CPU).DetachFromDisposeScope();
    private IPendingSum? _pending;

    /// <summary>Ends the training by an exception where it is to stop.</summary>
    /// <param name="cancellationToken">Whether this process has been told to stop.</param>
    /// <exception cref="OperationCanceledException">All processes stop.</exception>
    public void ThrowIfStopped(CancellationToken cancellationToken)
    {
        if (processes.Count == 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return;
        }

        if (IsAgreed())
            throw new OperationCanceledException("The processes of the training stop.");
        _wishes.fill_(Number(cancellationToken.IsCancellationRequested ? 1 : 0));
        _pending = processes.BeginSum(_wishes);
    }

    /// <summary>Waits for what is still under way; all processes have come to the end.</summary>
    public void Complete() => IsAgreed();

    public void Dispose()
    {
        // A message that is still under way owns the memory.
        if (_pending is null)
            _wishes.Dispose();
    }

    private bool IsAgreed()
    {
        _pending?.Wait();
        _pending = null;
        return _wishes.item<float>() > 0;
    }
}
