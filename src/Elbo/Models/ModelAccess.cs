namespace Elbo;

/// <summary>
/// The order in which threads use one model. Any number of them infer at the same time, in evaluation mode; a change of the weights, such
/// as a step of a training, happens while nobody infers. Who waits gets its turn: a change waits for the inference that is going on, and
/// before the next change comes the inference that has waited for this one. So neither keeps out the other (a phase-fair lock, Brandenburg
/// and Anderson 2010), while with <see cref="ReaderWriterLockSlim"/> a training that changes the weights all the time keeps out inference.
/// </summary>
internal sealed class ModelAccess
{
    private readonly object _sync = new();

    // The threads that infer, with the depth of calls in calls; and those that were admitted, but have not woken yet.
    private readonly Dictionary<int, int> _inferring = [];
    private int _admitted;
    private int _waitingToInfer;
    private int _waitingToChange;
    private long _changes;

    private int? _changing;
    private int _changeDepth;
    private int? _training;
    private EvaluationMode? _mode;
    private Action? _release;
    private bool _isDisposed;

    /// <summary>Infers until the returned object is disposed, on the same thread; waits for a change that is going on.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public IDisposable Infer(GenerativeModel model)
    {
        lock (_sync)
        {
            var thread = Environment.CurrentManagedThreadId;
            if (_changing == thread)
                return new EvaluationMode(model);
            if (_inferring.TryGetValue(thread, out var depth))
            {
                _inferring[thread] = depth + 1;
                return new ModelUse(EndInference);
            }

            ObjectDisposedException.ThrowIf(_isDisposed, model);
            if (_changing is not null || _waitingToChange > 0)
                WaitForAChange();
            _inferring.Add(thread, 1);
            try
            {
                ObjectDisposedException.ThrowIf(_isDisposed, model);
                // The first sets the mode and the last restores it: a thread alone would restore what another has set.
                _mode ??= new EvaluationMode(model);
            }
            catch
            {
                EndInference();
                throw;
            }

            return new ModelUse(EndInference);
        }
    }

    /// <summary>Changes weights or mode until the returned object is disposed, on the same thread; waits until nobody infers.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">The thread is inferring itself.</exception>
    public IDisposable Change(GenerativeModel model)
    {
        lock (_sync)
        {
            var thread = Environment.CurrentManagedThreadId;
            if (_changing == thread)
            {
                _changeDepth++;
                return new ModelUse(EndChange);
            }

            ObjectDisposedException.ThrowIf(_isDisposed, model);
            if (_inferring.ContainsKey(thread))
                throw new InvalidOperationException("The weights of a model cannot be changed by a part of it while it computes.");
            BeginChange(thread);
            if (_isDisposed)
            {
                EndChange();
                throw new ObjectDisposedException(model.GetType().FullName);
            }

            return new ModelUse(EndChange);
        }
    }

    /// <summary>Trains until the returned object is disposed. It keeps out other trainings alone.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained already.</exception>
    public IDisposable Train(GenerativeModel model)
    {
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, model);
            if (_training is not null)
            {
                throw new InvalidOperationException(
                    "The model is being trained already: wait until that training has ended, or train another model.");
            }

            _training = Environment.CurrentManagedThreadId;
            return new ModelUse(EndTraining);
        }
    }

    /// <summary>Rejects the use of a disposed model, but for what was going on when it was disposed.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public void ThrowIfDisposed(GenerativeModel model)
    {
        lock (_sync)
            ObjectDisposedException.ThrowIf(_isDisposed && !IsUsedBy(Environment.CurrentManagedThreadId), model);
    }

    /// <summary>Rejects a pass outside <see cref="Infer"/> while another thread trains.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public void ThrowIfTrainedElsewhere(GenerativeModel model)
    {
        lock (_sync)
        {
            var isUser = IsUsedBy(Environment.CurrentManagedThreadId);
            ObjectDisposedException.ThrowIf(_isDisposed && !isUser, model);
            if (_training is not null && !isUser)
            {
                throw new InvalidOperationException(
                    "The model is being trained by another thread, which would change its weights under a pass with tensors: use a method "
                    + "that returns arrays, which takes turns with the training, or wait until it has ended.");
            }
        }
    }

    /// <summary>
    /// Rejects every use from now on, except by who infers or trains already, and releases the memory when the last of them has ended.
    /// </summary>
    public void Dispose(Action release)
    {
        lock (_sync)
        {
            if (_isDisposed)
                return;
            (_isDisposed, _release) = (true, release);
            ReleaseWhenUnused();
        }
    }

    private bool IsUsedBy(int thread) => _changing == thread || _training == thread || _inferring.ContainsKey(thread);

    private void WaitForAChange()
    {
        var changes = _changes;
        _waitingToInfer++;
        // The change that ends admits everyone who waits then, so nobody who comes later can be in the way.
        while (changes == _changes)
            Monitor.Wait(_sync);
        _admitted--;
    }

    private void EndInference()
    {
        lock (_sync)
        {
            var thread = Environment.CurrentManagedThreadId;
            if (--_inferring[thread] > 0)
                return;
            if (_inferring.Count == 1)
            {
                _mode?.Dispose();
                _mode = null;
            }

            _inferring.Remove(thread);
            if (_inferring.Count > 0)
                return;
            Monitor.PulseAll(_sync);
            ReleaseWhenUnused();
        }
    }

    private void BeginChange(int thread)
    {
        _waitingToChange++;
        while (_changing is not null || _inferring.Count > 0 || _admitted > 0)
            Monitor.Wait(_sync);
        _waitingToChange--;
        (_changing, _changeDepth) = (thread, 1);
    }

    private void EndChange()
    {
        lock (_sync)
        {
            if (--_changeDepth > 0)
                return;
            _changing = null;
            _changes++;
            (_admitted, _waitingToInfer) = (_admitted + _waitingToInfer, 0);
            Monitor.PulseAll(_sync);
            ReleaseWhenUnused();
        }
    }

    private void EndTraining()
    {
        lock (_sync)
        {
            _training = null;
            ReleaseWhenUnused();
        }
    }

    private void ReleaseWhenUnused()
    {
        if (_release is null || _changing is not null || _training is not null || _inferring.Count > 0)
            return;
        var release = _release;
        // Releasing goes through the lists of the model, which are closed to everybody else.
        (_release, _changing) = (null, Environment.CurrentManagedThreadId);
        try
        {
            release();
        }
        finally
        {
            _changing = null;
        }
    }

    /// <summary>Ends a use once.</summary>
    private sealed class ModelUse(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
