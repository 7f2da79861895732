using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Elbo.Web;

/// <summary>
/// Limits the number of connections: at the limit the connection that has been idle for longest is dropped for a new one, so that programs
/// that open connections and send nothing cannot keep the user out.
/// </summary>
/// <param name="max">The maximum number of connections.</param>
internal sealed class ConnectionLimit(int max)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<OpenConnection> _idle = [];
    private int _count;

    /// <summary>The number of connections.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Connection middleware: admits each connection, in place of an idle one if there are too many.</summary>
    public ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        if (Add(connection.Abort) is not { } admitted)
        {
            connection.Abort(new ConnectionAbortedException("Every connection is in use."));
            return;
        }

        connection.Features.Set(admitted);
        try
        {
            await next(connection);
        }
        finally
        {
            Remove(admitted);
        }
    };

    /// <summary>Request middleware: a connection is not idle while one of its requests is processed, or once it is a WebSocket.</summary>
    public static async Task MarkBusy(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<OpenConnection>() is not { } connection)
        {
            await next(context);
            return;
        }

        if (!connection.Limit.Begin(connection))
        {
            context.Abort();
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            connection.Limit.End(connection);
        }
    }

    /// <summary>Adds an idle connection; null if there are too many, none of which is idle.</summary>
    internal OpenConnection? Add(Action<ConnectionAbortedException> abort)
    {
        OpenConnection? dropped = null;
        OpenConnection added;
        lock (_gate)
        {
            if (_count >= max)
            {
                if (_idle.First is not { Value: var oldest })
                    return null;
                dropped = oldest;
                Forget(oldest);
            }

            added = new OpenConnection(this, abort);
            added.Idle = _idle.AddLast(added);
            added.IsOpen = true;
            _count++;
        }

        // Outside the lock, because it may run the code that waits for the connection's end.
        dropped?.Abort(new ConnectionAbortedException("The connection was idle, and a new one needed its place."));
        return added;
    }

    /// <summary>Marks a connection as busy; false if it has been dropped.</summary>
    internal bool Begin(OpenConnection connection)
    {
        lock (_gate)
        {
            if (connection.Idle is { } idle)
                _idle.Remove(idle);
            connection.Idle = null;
            return connection.IsOpen;
        }
    }

    /// <summary>Marks a connection as idle from now on.</summary>
    internal void End(OpenConnection connection)
    {
        lock (_gate)
        {
            if (connection.IsOpen)
                connection.Idle ??= _idle.AddLast(connection);
        }
    }

    internal void Remove(OpenConnection connection)
    {
        lock (_gate)
            Forget(connection);
    }

    private void Forget(OpenConnection connection)
    {
        if (!connection.IsOpen)
            return;
        connection.IsOpen = false;
        _count--;
        if (connection.Idle is { } idle)
            _idle.Remove(idle);
        connection.Idle = null;
    }
}

/// <summary>An admitted connection; its state belongs to the limit.</summary>
internal sealed class OpenConnection(ConnectionLimit limit, Action<ConnectionAbortedException> abort)
{
    public ConnectionLimit Limit { get; } = limit;

    /// <summary>Its place among the idle connections; null while it is busy.</summary>
    public LinkedListNode<OpenConnection>? Idle { get; set; }

    public bool IsOpen { get; set; }

    public void Abort(ConnectionAbortedException reason) => abort(reason);
}
