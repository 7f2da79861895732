using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// Threads of this process in the place of processes, so that what they compute together is tested without MPI. Sums are by rank, one after
/// the other.
/// </summary>
internal sealed class ThreadGroup
{
    private readonly Barrier _barrier;
    private readonly object?[] _given;

    private ThreadGroup(int count) => (_barrier, _given) = (new Barrier(count), new object?[count]);

    /// <summary>Runs a function in so many members of a group at the same time, and returns their results.</summary>
    public static T[] Run<T>(int count, Func<IProcessGroup, T> function)
    {
        var group = new ThreadGroup(count);
        var results = new T[count];
        var errors = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = function(new Member(group, rank));
            }
            catch (Exception exception)
            {
                errors[rank] = exception;
            }
            finally
            {
                // One that fails does not let the others wait.
                group._barrier.RemoveParticipant();
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        group._barrier.Dispose();
        return errors.All(error => error is null) ? results : throw new AggregateException(errors.OfType<Exception>());
    }

    private sealed class Member(ThreadGroup group, int rank) : IProcessGroup
    {
        public int Rank => rank;

        public int Count => group._given.Length;

        public IPendingSum BeginSum(Tensor values)
        {
            Assert.True(values.is_contiguous() && values.device_type == DeviceType.CPU);
            if (values.dtype == ScalarType.Float64)
                return new Pending(Begin<double>(values, (all, i) => all.Aggregate(0.0, (sum, each) => sum + each[i])));
            Assert.Equal(ScalarType.Float32, values.dtype);
            return new Pending(Begin<float>(values, (all, i) => all.Aggregate(0f, (sum, each) => sum + each[i])));
        }

        public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes) => [.. Exchange(bytes.ToArray()).Select(each => (byte[])each!)];

        public byte[] Broadcast(ReadOnlySpan<byte> bytes) => Gather(bytes)[0];

        public void Barrier() => group._barrier.SignalAndWait();

        private Action Begin<T>(Tensor values, Func<T[][], int, T> add)
            where T : unmanaged
        {
            T[] own = values.data<T>().ToArray();
            T[][] all = [.. Exchange(own).Select(each => (T[])each!)];
            Assert.All(all, each => Assert.Equal(own.Length, each.Length));
            return () => values.data<T>().CopyFrom([.. Enumerable.Range(0, own.Length).Select(i => add(all, i))]);
        }

        private object?[] Exchange(object value)
        {
            group._given[rank] = value;
            group._barrier.SignalAndWait();
            object?[] all = [.. group._given];
            group._barrier.SignalAndWait();
            return all;
        }
    }

    private sealed class Pending(Action complete) : IPendingSum
    {
        public void Wait() => complete();
    }
}
