using System.Text;

namespace Elbo.Cli.Tests;

/// <summary>The claims of workers, without trainings.</summary>
public sealed class SweepClaimTests : IDisposable
{
    private const string Task = "klWeight-0.5";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-claims-").FullName;

    private SweepClaims Claims => new(Path.Combine(_folder, "claims"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_many_that_claim_at_once_one_has_the_claim()
    {
        var taken = new Claim?[8];
        Parallel.For(0, taken.Length, worker => taken[worker] = Claim.TryTake(Claims, Task, 1, Minute));

        using var claim = Assert.Single(taken.OfType<Claim>());
        Assert.Equal(1, Claims.LatestNumbers()[Task]);
        Assert.False(claim.IsLost);
        using var next = Claim.TryTake(Claims, Task, 2, Minute);
        Assert.NotNull(next);
        Assert.True(claim.IsLost);
        Assert.Equal(2, Claims.LatestNumbers()[Task]);
        Assert.DoesNotContain("klWeight-0", Claims.LatestNumbers().Keys);
    }

    [Fact]
    public void A_claim_changes_while_it_is_held_and_is_lost_to_the_next_one()
    {
        using var claim = Claim.TryTake(Claims, Task, 1, TimeSpan.FromMilliseconds(1))!;
        var first = Claims.ReadBytes(Task, 1);
        Assert.True(SpinWait.SpinUntil(() => !Claims.ReadBytes(Task, 1).SequenceEqual(first), Minute));
        using var next = Claim.TryTake(Claims, Task, 2, Minute);
        Assert.True(claim.Lost.WaitHandle.WaitOne(Minute));
    }

    [Fact]
    public void A_claim_that_is_not_ended_is_released_and_one_that_is_keeps_its_state()
    {
        Claim.TryTake(Claims, Task, 1, Minute)!.Dispose();
        Assert.Equal(ClaimState.Released, SweepClaims.StateOf(Claims.ReadBytes(Task, 1)));
        using (var claim = Claim.TryTake(Claims, Task, 2, Minute)!)
            claim.End(ClaimState.Diverged);
        Assert.Equal(ClaimState.Diverged, SweepClaims.StateOf(Claims.ReadBytes(Task, 2)));
        Assert.Equal(ClaimState.Active, SweepClaims.StateOf("{\"worker\":"u8.ToArray()));
    }

    [Fact]
    public void A_claim_is_abandoned_when_it_does_not_change_under_steady_observation()
    {
        var clock = new SteppedClock();
        var watch = new ClaimWatch(Claims, Minute, clock);
        Assert.True(watch.Look(Task, 0).IsFree);
        Claims.TryCreate(Task, 1, new ClaimContent("a", 1, 0, ClaimState.Active));
        Assert.False(watch.Look(Task, 1).IsFree);
        LookFor(50);
        // A change begins the silence anew.
        Claims.TryChange(Task, 1, new ClaimContent("a", 1, 1, ClaimState.Active));
        LookFor(60);
        Assert.True(watch.Look(Task, 1).IsFree);

        // A worker that was itself stopped for an hour saw nothing in it.
        var another = new ClaimWatch(Claims, Minute, clock);
        another.Look(Task, 1);
        clock.Advance(3600);
        Assert.False(another.Look(Task, 1).IsFree);

        // One that has ended is free at once, and so is none.
        Claims.TryChange(Task, 1, new ClaimContent("a", 1, 2, ClaimState.Released));
        Assert.Equal(new ClaimSight(ClaimState.Released, IsFree: true), another.Look(Task, 1));

        void LookFor(int seconds)
        {
            for (var second = 0; second < seconds; second += 5)
            {
                Assert.False(watch.Look(Task, 1).IsFree);
                clock.Advance(5);
            }
        }
    }

    [Fact]
    public void What_is_taken_over_is_a_copy_that_the_worker_before_cannot_reach()
    {
        var published = new RunDirectory(Path.Combine(_folder, Task));
        using var first = Claim.TryTake(Claims, Task, 1, Minute)!;
        var before = new ClaimedRun(Claims, first, published);
        before.TakeOver(() => false);
        Directory.CreateDirectory(Path.Combine(before.Directory.Folder, "checkpoints"));
        var metrics = Path.Combine(before.Directory.Folder, "metrics.csv");
        using var stillOpen = new FileStream(metrics, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stillOpen.Write("step\n"u8);
        stillOpen.Flush();
        File.WriteAllText(Path.Combine(before.Directory.Folder, "training.lock"), "1");
        File.WriteAllText(Path.Combine(before.Directory.Folder, "checkpoints", "last.safetensors"), "weights");

        // The second worker ends while it copies; the third one finds what that had taken.
        using var second = Claim.TryTake(Claims, Task, 2, Minute)!;
        Directory.CreateDirectory(Claims.FolderOf(Task, 2));
        Directory.Move(Claims.FolderOf(Task, 1), Path.Combine(Claims.FolderOf(Task, 2), "taken"));
        Directory.CreateDirectory(Path.Combine(Claims.FolderOf(Task, 2), ".copy"));
        using var third = Claim.TryTake(Claims, Task, 3, Minute)!;
        var after = new ClaimedRun(Claims, third, published);
        after.TakeOver(() => false);

        stillOpen.Write("late"u8);
        stillOpen.Flush();
        Assert.False(before.TryPublish());
        Assert.False(new ClaimedRun(Claims, second, published).TryPublish());
        Assert.Equal([3], Claims.FoldersOf(Task));
        Assert.Equal("step\n", File.ReadAllText(Path.Combine(after.Directory.Folder, "metrics.csv")));
        Assert.Equal("weights", File.ReadAllText(Path.Combine(after.Directory.Folder, "checkpoints", "last.safetensors")));
        Assert.False(File.Exists(Path.Combine(after.Directory.Folder, "training.lock")));
        Assert.True(after.TryPublish());
        Assert.True(File.Exists(Path.Combine(published.Folder, "metrics.csv")));
    }

    [Fact]
    public void A_run_begun_without_workers_is_taken_over_and_a_finished_one_stays()
    {
        var published = new RunDirectory(Path.Combine(_folder, Task));
        Directory.CreateDirectory(published.Folder);
        File.WriteAllText(published.ConfigurationPath, "{}");
        using var first = Claim.TryTake(Claims, Task, 1, Minute)!;
        new ClaimedRun(Claims, first, published).TakeOver(() => true);
        Assert.True(File.Exists(published.ConfigurationPath));

        using var second = Claim.TryTake(Claims, Task, 2, Minute)!;
        var claimed = new ClaimedRun(Claims, second, published);
        claimed.TakeOver(() => false);
        Assert.False(Directory.Exists(published.Folder));
        Assert.True(File.Exists(claimed.Directory.ConfigurationPath));
    }

    [Fact]
    public void Workers_with_other_runs_are_rejected_before_they_write()
    {
        var path = Path.Combine(_folder, "sweep");
        using var first = new SweepFolder(path, PlanOf("1", "2")).Join();
        var record = File.ReadAllText(Path.Combine(path, "sweep.json"));
        var exception = Assert.Throws<SettingsException>(() => new SweepFolder(path, PlanOf("1", "3")).Join());
        Assert.Contains("seed-2", exception.Message, StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllText(Path.Combine(path, "sweep.json")));

        using var second = new SweepFolder(path, PlanOf("1", "2")).Join();
        Assert.Throws<SettingsException>(new SweepFolder(path, PlanOf("1", "2")).Begin);
    }

    private static SweepPlan PlanOf(params string[] seeds) => SweepPlan.Create(
        ["training.seed"],
        seeds.Select(seed => new[] { seed }),
        values => new RunConfiguration { Model = new(), Training = new TrainerOptions { Seed = ulong.Parse(values[0]) } });

    private sealed class SteppedClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Advance(long seconds) => _seconds += seconds;
    }
}
