namespace Elbo.Tests;

public class ThreadTeamTests
{
    [Fact]
    public void Every_thread_works_and_none_passes_a_barrier_before_the_last_has_come()
    {
        using var team = new ThreadTeam(4);
        for (var run = 0; run < 50; run++)
        {
            var (counts, arrived) = (new int[4], 0);
            team.Run(thread =>
            {
                for (var barrier = 1; barrier <= 5; barrier++)
                {
                    Interlocked.Increment(ref arrived);
                    team.Sync();
                    Assert.Equal(4 * barrier, Volatile.Read(ref arrived));
                    team.Sync();
                    counts[thread]++;
                }
            });
            Assert.Equal([5, 5, 5, 5], counts);
        }
    }

    [Fact]
    public void An_exception_of_one_thread_releases_the_others_and_is_thrown_where_the_work_was_given()
    {
        using var team = new ThreadTeam(3);
        foreach (var failing in new[] { 0, 1, 2 })
        {
            var exception = Assert.Throws<InvalidDataException>(() => team.Run(thread =>
            {
                if (thread == failing)
                    throw new InvalidDataException("broken");
                team.Sync();
            }));
            Assert.Equal("broken", exception.Message);
        }

        var worked = 0;
        team.Run(_ =>
        {
            team.Sync();
            Interlocked.Increment(ref worked);
        });
        Assert.Equal(3, worked);
    }

    [Fact]
    public void Shares_are_disjoint_cover_all_and_differ_by_at_most_a_unit()
    {
        using var team = new ThreadTeam(3);
        foreach (var (count, unit) in new[] { (400, 8), (7, 1), (2, 1), (20, 8), (0, 8) })
        {
            IndexRange[] shares = [.. Enumerable.Range(0, 3).Select(thread => team.Share(thread, count, unit))];

            Assert.Equal(Enumerable.Range(0, count), shares.SelectMany(share => Enumerable.Range(share.Start, share.Count)));
            Assert.True(shares.Max(share => share.Count) - shares.Min(share => share.Count) <= unit);
        }
    }

    [Fact]
    public void The_team_works_on_libtorch_threads_of_its_own_and_leaves_their_number_as_it_was()
    {
        using var use = LibTorchThreads.Use(2);
        using var team = new ThreadTeam(2);
        var counts = new int[2];

        team.Run(thread => counts[thread] = TorchSharp.torch.get_num_threads());

        Assert.Equal([1, 1], counts);
        Assert.Equal(2, TorchSharp.torch.get_num_threads());
    }
}
