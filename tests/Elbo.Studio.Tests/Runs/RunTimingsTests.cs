namespace Elbo.Studio.Tests;

public sealed class RunTimingsTests : IDisposable
{
    private const string Header = "epoch,seconds,examples_per_second,resident_mebibytes,evaluation_seconds,pictures_seconds\n";
    private readonly RunFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void The_epochs_left_take_as_long_as_the_median_of_the_last_ones()
    {
        _folders.Add("run", epochs: 4, configuration: settings => settings with { Training = settings.Training with { Epochs = 10 } });
        var timings = new RunDirectory(_folders["run"]).TimingsPath;
        File.WriteAllText(timings, Header + "1,9,1,1,1,0\n2,8,1,1,1,1\n3,5000,1,1,0,0\n4,7,1,1,2,1\n");
        var written = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(timings, written);
        var run = Assert.Single(_folders.Catalogue().Runs());

        // Six epochs of ten seconds; the one during which the machine slept does not count.
        Assert.Equal(TimeSpan.FromSeconds(60), RunTimings.TimeLeft(run, written));
        Assert.Equal(TimeSpan.FromSeconds(56), RunTimings.TimeLeft(run, written.AddSeconds(4)));
        Assert.Equal(TimeSpan.FromSeconds(50), RunTimings.TimeLeft(run, written.AddHours(4)));
        Assert.Equal(TimeSpan.FromSeconds(60), RunTimings.TimeLeft(run, written.AddHours(-4)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Header)]
    [InlineData(Header + "1,2,3\n")]
    [InlineData(Header + "1,NaN,1,1,1,1\n")]
    [InlineData(Header + "1,1e300,1,1,1,1\n")]
    [InlineData(Header + "1,-5,1,1,1,1\n")]
    [InlineData("a,b\nc,d\n")]
    [InlineData("\0\n\0\n")]
    [InlineData(Header + "1,5,1,1,1,1")]
    public void A_table_of_another_program_gives_no_time(string timings) => Assert.Null(RunTimings.SecondsPerEpoch(timings));

    [Fact]
    public void No_table_gives_no_time()
    {
        _folders.Add("run");

        Assert.Null(RunTimings.TimeLeft(Assert.Single(_folders.Catalogue().Runs()), DateTime.UtcNow));
    }

    [Theory]
    [InlineData(3, "about 10 s left")]
    [InlineData(81, "about 90 s left")]
    [InlineData(600, "about 10 min left")]
    [InlineData(7500, "about 2 h 5 min left")]
    public void A_time_is_said_as_exactly_as_it_is_known(int seconds, string expected) =>
        Assert.Equal(expected, RunTimings.Words(TimeSpan.FromSeconds(seconds), Strings.For("en")));
}
