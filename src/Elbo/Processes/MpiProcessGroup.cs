using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The processes that <c>mpirun</c> or <c>srun</c> has started together, connected by Open MPI. A process that has died, hangs or is cut
/// off ends all within a minute: one of the others says so in one sentence, and the exit code is <see cref="LostExitCode"/>.
/// </summary>
/// <remarks>
/// One group lives in a process, for as long as the process. One thread at a time may call its methods, besides <see cref="Fail"/>.
/// </remarks>
public sealed unsafe class MpiProcessGroup : IProcessGroup, IDisposable
{
    /// <summary>The exit code of a job that has lost one of its processes: that of other problems of the environment.</summary>
    public const int LostExitCode = 4;

    // Processes that were started together begin at about the same time.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(3);

    private readonly IntPtr _communicator;
    private readonly Action<string> _say;
    private readonly MpiHeartbeat _heartbeat;
    private readonly string[] _hosts;
    private int _isEnding;

    private MpiProcessGroup(IntPtr communicator, IntPtr ofHeartbeat, Action<string> say)
    {
        (_communicator, _say) = (communicator, say);
        _ = MpiLibrary.Rank(communicator, out var rank);
        _ = MpiLibrary.Size(communicator, out var count);
        (Rank, Count) = (rank, count);
        _hosts = new string[count];
        Array.Fill(_hosts, "?");
        _heartbeat = new MpiHeartbeat(ofHeartbeat, rank, count, EndBecauseOf);
    }

    /// <summary>The number of this process among those that a launcher has started together; null where it was started alone.</summary>
    public static int? LaunchedRank => MpiLauncher.OfThisProcess?.Rank;

    /// <summary>The same among those on this machine.</summary>
    public static int? LaunchedLocalRank => MpiLauncher.OfThisProcess?.LocalRank;

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Connects this process with those that were started together with it.</summary>
    /// <param name="say">Gets the sentence about a process that is lost or fails, just before this process ends.</param>
    /// <returns>The group; null for a process that was started alone.</returns>
    /// <exception cref="EnvironmentException">
    /// Open MPI's library is not on this machine, is not the launcher's, or the processes run different versions of Elbo.
    /// </exception>
    public static MpiProcessGroup? StartIfLaunched(Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        if (MpiLauncher.OfThisProcess is not { } launcher)
            return null;
        if (!MpiLibrary.IsPresent)
        {
            throw new EnvironmentException(
                "This process was started together with others, but Open MPI's library (libmpi.so.40) is not on "
                + $"{Environment.MachineName}: install it (openmpi-bin on Debian), or start one process alone.");
        }

        if (!launcher.Connects)
        {
            throw new EnvironmentException(
                $"{launcher.Count} processes were started together by a srun that does not connect them: choose PMIx with its option 'mpi' "
                + "or start one process.");
        }

        using (LimitStart(say))
        {
            if (MpiLibrary.Init(0, 0, MpiLibrary.ThreadMultiple, out var provided) != 0 || provided < MpiLibrary.ThreadMultiple)
                throw new EnvironmentException("Open MPI's library does not allow calls from several threads: install one that does.");
            _ = MpiLibrary.Size(MpiLibrary.World, out var count);
            if (count != (launcher.Count ?? count))
            {
                throw new EnvironmentException(
                    $"{launcher.Count} processes were started together, but Open MPI sees {count}: start them with Open MPI's own mpirun, "
                    + "or with a srun that has PMIx.");
            }

            if (count == 1)
            {
                _ = MpiLibrary.Finish();
                return null;
            }

            var group = new MpiProcessGroup(Duplicate(), Duplicate(), say);
            group.EnsureSameVersion();
            return group;
        }
    }

    /// <inheritdoc/>
    public IPendingSum BeginSum(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.device_type != DeviceType.CPU || !values.is_contiguous()
            || values.dtype is not (ScalarType.Float32 or ScalarType.Float64))
        {
            throw new ArgumentException(
                "A sum over processes takes contiguous tensors of float32 or float64 in host memory.", nameof(values));
        }

        var memory = (IntPtr)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values.bytes));
        var type = values.dtype == ScalarType.Float32 ? MpiLibrary.Float : MpiLibrary.Double;
        Check(MpiLibrary.BeginAllReduce(
            MpiLibrary.InPlace, memory, checked((int)values.numel()), type, MpiLibrary.Add, _communicator, out var request));
        return new MpiRequest(request, values, Check);
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes)
    {
        var counts = new int[Count];
        var lengths = MemoryMarshal.Cast<byte, int>(GatherInto(BitConverter.GetBytes(bytes.Length), Repeat(sizeof(int))));
        lengths.CopyTo(counts);
        var all = GatherInto(bytes, counts);
        var result = new byte[Count][];
        for (int rank = 0, offset = 0; rank < Count; offset += counts[rank], rank++)
            result[rank] = all[offset..(offset + counts[rank])];
        return result;
    }

    /// <inheritdoc/>
    public byte[] Broadcast(ReadOnlySpan<byte> bytes)
    {
        var length = new int[] { bytes.Length };
        Broadcast(MemoryMarshal.AsBytes(length.AsSpan()));
        var values = new byte[length[0]];
        if (Rank == 0)
            bytes.CopyTo(values);
        Broadcast(values.AsSpan());
        return values;
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        Check(MpiLibrary.BeginBarrier(_communicator, out var request));
        new MpiRequest(request, null, Check).Wait();
    }

    /// <summary>
    /// Ends all processes because this one fails. Process 0 has said why; another one sends the sentence to process 0, which says it unless
    /// it fails itself. Does not return.
    /// </summary>
    /// <param name="sentence">Why it fails.</param>
    /// <param name="exitCode">The exit code of the job.</param>
    public void Fail(string sentence, int exitCode)
    {
        if (Rank == 0)
            End(null, exitCode);
        _heartbeat.Fail(sentence, exitCode);
        Thread.Sleep(AbortPatience);
        End(Sentence(Rank, sentence), exitCode);
    }

    /// <summary>Waits for the others, and disconnects.</summary>
    public void Dispose()
    {
        Barrier();
        _heartbeat.Dispose();
        _ = MpiLibrary.Finish();
    }

    private static IntPtr Duplicate()
    {
        _ = MpiLibrary.Duplicate(MpiLibrary.World, out var communicator);
        // An error is reported to the caller instead of ending the job with a message of MPI's own.
        _ = MpiLibrary.SetErrorHandler(communicator, MpiLibrary.ErrorsReturn);
        return communicator;
    }

    private static Timer LimitStart(Action<string> say) => new(
        _ =>
        {
            say($"The processes that were started together did not all connect within {StartPatience.TotalSeconds:0} seconds: "
                + "see whether every machine can be reached and starts the same program.");
            ImmediateExit.With(LostExitCode);
        },
        null, StartPatience, Timeout.InfiniteTimeSpan);

    private void EnsureSameVersion()
    {
        var programs = Gather(Encoding.UTF8.GetBytes(ProcessProgram.OfThisProcess().ToString())).Select(ProcessProgram.Parse).ToList();
        for (var rank = 0; rank < Count; rank++)
            _hosts[rank] = programs[rank].Host;
        if (ProcessProgram.DifferenceOf(programs) is { } difference)
            throw new EnvironmentException(difference);
    }

    private void Check(int error)
    {
        if (error == 0)
            return;
        End("The connection to another process is broken: its machine or the network has failed; resume from the last checkpoint.",
            LostExitCode);
    }

    private void EndBecauseOf(int rank, string? sentence, int exitCode)
    {
        // Process 0 may fail for the same reason, and says it itself; of several that miss process 0 the first one speaks.
        Thread.Sleep(TimeSpan.FromSeconds(Rank == 0 ? sentence is null ? 0 : 1 : Math.Min(Rank - 1, 10)));
        End(
            sentence is null
                ? $"Process {rank} on {_hosts[rank]} has not answered for {MpiHeartbeat.Patience.TotalSeconds:0} seconds: it hangs, or its "
                    + "machine or network has failed; resume from the last checkpoint."
                : Sentence(rank, sentence),
            sentence is null ? LostExitCode : exitCode);
    }

    private string Sentence(int rank, string sentence) => $"Process {rank} on {_hosts[rank]}: {sentence}";

    private void End(string? sentence, int exitCode)
    {
        // What another thread has begun to say is not interrupted.
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            Thread.Sleep(Timeout.Infinite);
        if (sentence is not null)
            _say(sentence);
        // MPI ends all processes, suspended ones too; where it cannot, this one ends alone.
        new Thread(() => _ = MpiLibrary.Abort(MpiLibrary.World, exitCode)) { IsBackground = true }.Start();
        Thread.Sleep(AbortPatience);
        ImmediateExit.With(exitCode);
    }

    private byte[] GatherInto(ReadOnlySpan<byte> bytes, int[] counts)
    {
        var offsets = new int[Count];
        for (var rank = 1; rank < Count; rank++)
            offsets[rank] = checked(offsets[rank - 1] + counts[rank - 1]);
        var all = new byte[offsets[^1] + counts[^1]];
        fixed (byte* input = bytes, output = all)
        {
            fixed (int* sizes = counts, starts = offsets)
            {
                Check(MpiLibrary.BeginGather(
                    input, bytes.Length, MpiLibrary.Byte, output, sizes, starts, MpiLibrary.Byte, _communicator, out var request));
                new MpiRequest(request, null, Check).Wait();
            }
        }

        return all;
    }

    private void Broadcast(Span<byte> bytes)
    {
        fixed (byte* values = bytes)
        {
            Check(MpiLibrary.BeginBroadcast(values, bytes.Length, MpiLibrary.Byte, 0, _communicator, out var request));
            new MpiRequest(request, null, Check).Wait();
        }
    }

    private int[] Repeat(int value)
    {
        var values = new int[Count];
        Array.Fill(values, value);
        return values;
    }
}
