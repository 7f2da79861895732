namespace Elbo.Tests;

/// <summary>The order in which threads use a model.</summary>
public class ModelAccessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Nobody_infers_during_a_change_and_inference_is_not_kept_out_by_changes_without_a_pause()
    {
        using var model = SmallRuns.Model();
        var (isChanging, overlaps, stop) = (0, 0, 0);
        var changes = Start(() =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                using var change = model.BeginChange();
                Volatile.Write(ref isChanging, 1);
                Thread.SpinWait(2_000);
                Volatile.Write(ref isChanging, 0);
            }
        });

        Together(4, () =>
        {
            for (var i = 0; i < 100; i++)
            {
                using var inference = model.BeginInference();
                Interlocked.Add(ref overlaps, Volatile.Read(ref isChanging));
                Thread.SpinWait(500);
                Interlocked.Add(ref overlaps, Volatile.Read(ref isChanging));
            }
        });
        Volatile.Write(ref stop, 1);

        Assert.True(changes.Join(Patience));
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public void Changes_are_not_kept_out_by_threads_that_infer_in_turns()
    {
        using var model = SmallRuns.Model();
        var stop = 0;
        Thread[] inferring = [.. Enumerable.Range(0, 3).Select(_ => Start(() =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                using var inference = model.BeginInference();
                Thread.SpinWait(2_000);
            }
        }))];

        Together(1, () =>
        {
            for (var i = 0; i < 100; i++)
                model.BeginChange().Dispose();
        });
        Volatile.Write(ref stop, 1);

        Assert.All(inferring, thread => Assert.True(thread.Join(Patience)));
    }

    [Fact]
    public void A_call_within_a_call_does_not_wait_for_the_change_that_waits_for_it()
    {
        using var model = SmallRuns.Model();
        var outer = model.BeginInference();
        var changing = Start(() => model.BeginChange().Dispose());
        Assert.True(SpinWait.SpinUntil(() => changing.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience));

        Assert.Equal(2, model.Sample(2, label: 0).Count);
        Assert.True(changing.IsAlive);
        Assert.Throws<InvalidOperationException>(() => model.BeginChange());
        outer.Dispose();

        Assert.True(changing.Join(Patience));
    }

    [Fact]
    public void A_change_within_a_change_and_inference_within_one_do_not_wait()
    {
        using var model = SmallRuns.Model();
        using var outer = model.BeginChange();
        model.train();
        using (model.BeginChange())
            Assert.Equal(2, model.Sample(2, label: 0).Count);
        Assert.True(model.training);
        model.eval();
    }

    [Fact]
    public void A_model_that_is_disposed_while_a_thread_uses_it_ends_after_that()
    {
        var model = SmallRuns.Model();
        var expected = model.Sample(2, label: 0).Values.ToArray();
        var weight = model.parameters().First();
        using (model.BeginInference())
        {
            model.Dispose();

            Assert.False(weight.IsInvalid);
            Assert.Equal(expected, model.Sample(2, label: 0).Values.ToArray());
            Together(1, () => Assert.Throws<ObjectDisposedException>(() => model.Sample(2, label: 0)));
            Together(1, () => Assert.Throws<ObjectDisposedException>(() => model.BeginChange()));
        }

        Assert.True(weight.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => model.Sample(2, label: 0));
    }

    [Fact]
    public void The_mode_is_restored_by_the_last_of_several_threads()
    {
        using var model = SmallRuns.Model();
        model.train();
        var first = model.BeginInference();
        Together(1, () => Assert.Equal(2, model.Sample(2, label: 0).Count));

        Assert.False(model.training);
        first.Dispose();
        Assert.True(model.training);
    }

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <summary>Does the same on several threads, and fails as the first of them that fails.</summary>
    private static void Together(int threads, Action work)
    {
        Exception? failure = null;
        Thread[] started = [.. Enumerable.Range(0, threads).Select(_ => Start(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        }))];
        Assert.All(started, thread => Assert.True(thread.Join(Patience), "A thread waits for ever."));
        Assert.Null(failure);
    }
}
