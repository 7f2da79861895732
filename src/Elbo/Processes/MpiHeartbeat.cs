using System.Globalization;
using System.Text;

namespace Elbo;

/// <summary>
/// Says to the others several times a minute that this process is alive, on a thread of its own, and notices which of them has stopped
/// saying so: one that was suspended, or whose machine is gone. Process 0 hears all others, and they hear process 0. The same messages
/// carry the sentence of a process that fails, which process 0 says for all.
/// </summary>
internal sealed unsafe class MpiHeartbeat : IDisposable
{
    private const string PatienceVariable = "ELBO_MPI_PATIENCE";

    /// <summary>How long a process may be silent: 30 seconds, or as many as ELBO_MPI_PATIENCE says.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable(PatienceVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0 ? seconds : 30);

    private const int MessageBytes = 1024;
    private const int HeaderBytes = 8;

    // Counted in turns of this thread instead of by the clock: where the whole job is suspended and goes on, no one is missing.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly int TurnsPerMessage = (int)(TimeSpan.FromSeconds(1) / Turn);
    private static readonly int PatientTurns = (int)(Patience / Turn);

    private readonly IntPtr _communicator;
    private readonly Action<int, string?, int> _end;
    private readonly Connection[] _connections;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private byte[]? _failure;

    /// <param name="communicator">A communicator that serves nothing else.</param>
    /// <param name="rank">The number of this process.</param>
    /// <param name="count">The number of processes.</param>
    /// <param name="end">
    /// Ends the job because of a process: its number, the sentence it failed with or null where it is silent, and the exit code.
    /// </param>
    public MpiHeartbeat(IntPtr communicator, int rank, int count, Action<int, string?, int> end)
    {
        (_communicator, _end) = (communicator, end);
        _connections = rank == 0
            ? [.. Enumerable.Range(1, count - 1).Select(other => new Connection(other))]
            : [new Connection(0)];
        _thread = new Thread(Run) { IsBackground = true, Name = "Elbo heartbeat" };
        _thread.Start();
    }

    /// <summary>Sends a sentence with which this process fails to process 0.</summary>
    public void Fail(string sentence, int exitCode)
    {
        var message = new byte[MessageBytes];
        BitConverter.TryWriteBytes(message, 1);
        BitConverter.TryWriteBytes(message.AsSpan(sizeof(int)), exitCode);
        Encoding.UTF8.GetEncoder().Convert(sentence, message.AsSpan(HeaderBytes), flush: true, out _, out _, out _);
        Volatile.Write(ref _failure, message);
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        // Receives that nothing will arrive for still own their memory, which stays until the process ends.
    }

    private void Run()
    {
        for (var turn = 0; !_stop.Wait(Turn); turn++)
        {
            var failure = Volatile.Read(ref _failure);
            foreach (var connection in _connections)
            {
                if (failure is not null || turn % TurnsPerMessage == 0)
                    connection.Send(failure, _communicator);
                if (connection.Receive(_communicator) is { } message)
                {
                    if (BitConverter.ToInt32(message) != 0)
                        _end(connection.Rank, TextOf(message), BitConverter.ToInt32(message, sizeof(int)));
                }
                else if (connection.SilentTurns > PatientTurns)
                {
                    _end(connection.Rank, null, 0);
                }
            }
        }
    }

    private static string TextOf(ReadOnlySpan<byte> message)
    {
        var text = message[HeaderBytes..];
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    /// <summary>What goes to and comes from one other process.</summary>
    private sealed class Connection(int rank)
    {
        private readonly byte[] _outgoing = GC.AllocateArray<byte>(MessageBytes, pinned: true);
        private readonly byte[] _incoming = GC.AllocateArray<byte>(MessageBytes, pinned: true);
        private MpiRequest? _send;
        private MpiRequest? _receive;

        public int Rank => rank;

        public int SilentTurns { get; private set; }

        /// <summary>Sends, where what was sent last has left: to a process that has stopped nothing piles up.</summary>
        public void Send(byte[]? message, IntPtr communicator)
        {
            if (_send?.IsDone() == false)
                return;
            message?.CopyTo(_outgoing, 0);
            fixed (byte* values = _outgoing)
            {
                MpiLibrary.BeginSend(values, MessageBytes, MpiLibrary.Byte, rank, 0, communicator, out var request);
                _send = new MpiRequest(request, _outgoing, Ignore);
            }
        }

        /// <summary>The message that has come since the last call, or null.</summary>
        public byte[]? Receive(IntPtr communicator)
        {
            var hasCome = _receive?.IsDone() == true;
            SilentTurns = hasCome ? 0 : SilentTurns + 1;
            byte[]? message = hasCome ? [.. _incoming] : null;
            if (hasCome || _receive is null)
            {
                fixed (byte* values = _incoming)
                {
                    MpiLibrary.BeginReceive(values, MessageBytes, MpiLibrary.Byte, rank, 0, communicator, out var request);
                    _receive = new MpiRequest(request, _incoming, Ignore);
                }
            }

            return message;
        }

        // A connection that is broken is a silent one.
        private static void Ignore(int error)
        {
        }
    }
}
