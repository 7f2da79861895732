namespace Elbo;

/// <summary>What this thread registers while the scope is open is taken back at its end, unless it is kept.</summary>
internal sealed class RegistrationScope : IDisposable
{
    [ThreadStatic]
    private static RegistrationScope? _current;

    private readonly RegistrationScope? _outer = _current;
    private readonly List<Action> _undo = [];

    public RegistrationScope() => _current = this;

    /// <summary>Notes how to take back a registration that was made now.</summary>
    public static void Note(Action undo) => _current?._undo.Add(undo);

    /// <summary>Keeps what was registered.</summary>
    public void Keep()
    {
        _outer?._undo.AddRange(_undo);
        _undo.Clear();
    }

    public void Dispose()
    {
        _current = _outer;
        for (var i = _undo.Count - 1; i >= 0; i--)
            _undo[i]();
    }
}
