using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class FloatingPointModeTests
{
    // The smallest normal float32; its half is denormal.
    private const float Smallest = 1.17549435e-38f;

    [Fact]
    public void Denormals_are_flushed_here_on_every_thread_of_libtorch_and_of_a_team_and_kept_before_and_afterwards()
    {
        Assert.SkipUnless(FloatingPointMode.CanBeSet, "The mode can be set on Linux on x86-64 only.");
        using var scope = NewDisposeScope();
        using var use = LibTorchThreads.Use(2);
        // So many that libtorch shares them out.
        var numbers = full(1 << 20, Number(Smallest), float32);
        Assert.Equal(numbers.numel(), NonZero());

        using (FloatingPointMode.FlushDenormals())
        {
            Assert.Equal(0, NonZero());
            Assert.Equal(0, Half(Smallest));
            using var team = new ThreadTeam(3);
            var halves = new float[3];
            team.Run(thread => halves[thread] = Half(Smallest));
            Assert.Equal([0f, 0f, 0f], halves);
        }

        Assert.Equal(numbers.numel(), NonZero());
        Assert.NotEqual(0, Half(Smallest));

        long NonZero() => count_nonzero(numbers * Number(0.5)).item<long>();
    }

    [Fact]
    public void A_run_that_flushes_denormals_resumes_with_them_flushed_to_the_same_bytes()
    {
        using var folders = new TemporaryFolder();
        var options = SmallRuns.Options(folders["whole"]) with { FlushDenormals = true, CheckpointEvery = 4, SamplePages = false };
        using (var model = SmallRuns.Model())
            new Trainer(model, options).Fit(SmallRuns.Data);
        using (var model = SmallRuns.Model())
            new Trainer(model, options with { Directory = folders["short"], Epochs = 1 }).Fit(SmallRuns.Data);

        using (var run = Run.Load(folders["short"]))
            run.Resume(SmallRuns.Data, epochs: 2);

        TrainerTests.AssertSameOutcome(folders["whole"], folders["short"]);
        Assert.NotEqual(0, Half(Smallest));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static float Half(float number) => number * 0.5f;
}
