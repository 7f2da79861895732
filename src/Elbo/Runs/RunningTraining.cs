using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Elbo;

/// <summary>
/// A training on a thread of its own (<see cref="Trainer"/>.FitAsync). Its epochs can be followed as they are completed, its result can be
/// awaited, or both:
/// <code>
/// var training = trainer.FitAsync(data);
/// await foreach (var epoch in training)
///     Console.WriteLine($"{epoch.Epoch}: {epoch.ValidationLoss}");
/// var result = await training;
/// </code>
/// </summary>
/// <remarks>
/// The training has begun already, and goes on whether it is followed or not; whoever follows it may use the model, in turns with the
/// steps (<see cref="GenerativeModel"/>). It is stopped cleanly by the token that FitAsync or the
/// enumeration got, and by leaving the enumeration early, which returns when the training has ended. A training that was stopped is no
/// error: the enumeration ends, and the result has the state <see cref="RunState.Interrupted"/>. An error of the training is thrown by the
/// enumeration and by the awaited result.
/// </remarks>
public sealed class RunningTraining : IAsyncEnumerable<EpochReport>
{
    private readonly TaskCompletionSource<TrainingResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<EpochReport> _epochs = Channel.CreateUnbounded<EpochReport>(new() { SingleWriter = true });
    private readonly Action _stop;
    private int _isFollowed;

    private RunningTraining(Action stop) => _stop = stop;

    /// <summary>The result, once the training has ended.</summary>
    public Task<TrainingResult> Result => _result.Task;

    /// <summary>Awaits the result.</summary>
    public TaskAwaiter<TrainingResult> GetAwaiter() => Result.GetAwaiter();

    /// <summary>
    /// The epochs in their order, each as soon as it is completed; they wait for whoever follows them. One may follow a training, and once.
    /// </summary>
    /// <param name="cancellationToken">Stops the training cleanly.</param>
    /// <exception cref="InvalidOperationException">The training is followed already.</exception>
    public IAsyncEnumerator<EpochReport> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isFollowed, 1) == 0
            ? Follow(cancellationToken)
            : throw new InvalidOperationException("The epochs of a training can be followed once: await its result instead.");

    /// <summary>Begins a training.</summary>
    internal static RunningTraining Start(
        Func<IProgress<TrainingProgress>, CancellationToken, TrainingResult> fit,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        // It has no timer, so it need not be disposed, and can be cancelled when the training is over.
        var stop = new CancellationTokenSource();
        var training = new RunningTraining(stop.Cancel);
        // Tensors, dispose scopes and libtorch's team of threads belong to a thread, so it is one thread from beginning to end.
        var thread = new Thread(() => training.Run(told => fit(told, stop.Token), progress, cancellationToken))
        {
            IsBackground = true,
            Name = "Elbo training",
        };
        thread.Start();
        return training;
    }

    private void Run(
        Func<IProgress<TrainingProgress>, TrainingResult> fit, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(_stop);
        try
        {
            _result.SetResult(fit(new Reported(_epochs.Writer, progress)));
            _epochs.Writer.Complete();
        }
        catch (Exception exception)
        {
            _result.TrySetException(exception);
            _epochs.Writer.TryComplete(exception);
        }
    }

    private async IAsyncEnumerator<EpochReport> Follow(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(_stop);
        try
        {
            await foreach (var epoch in _epochs.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return epoch;
        }
        finally
        {
            // Who leaves early finds the model free.
            _stop();
            await ((Task)Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Passes completed epochs on, and everything to whoever else listens.</summary>
    private sealed class Reported(ChannelWriter<EpochReport> epochs, IProgress<TrainingProgress>? others) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            others?.Report(value);
            if (value.Completed is { } epoch)
                epochs.TryWrite(epoch);
        }
    }
}
