using System.Text.Json;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class LibTorchThreadsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public void A_training_computes_on_the_threads_it_is_given_records_them_and_restores_the_number(int threads, int expected)
    {
        using var folders = new TemporaryFolder();
        var during = new HashSet<int>();
        Assert.Equal(1, get_num_threads());
        using (var model = SmallRuns.Model())
        {
            new Trainer(model, SmallRuns.Options(folders["run"]) with { Threads = threads })
                .Fit(SmallRuns.Data, new SynchronousProgress(_ => during.Add(get_num_threads())));
        }

        Assert.Equal([expected], during);
        Assert.Equal(1, get_num_threads());
        using var settings = JsonDocument.Parse(File.ReadAllText(folders["run", "config.json"]));
        Assert.Equal(expected, settings.RootElement.GetProperty("training").GetProperty("threads").GetInt32());

        using var run = Run.Load(folders["run"]);
        during.Clear();
        run.Resume(SmallRuns.Data, 3, new SynchronousProgress(_ => during.Add(get_num_threads())));
        Assert.Equal([expected], during);
        Assert.Equal(1, get_num_threads());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void A_number_that_is_not_possible_is_refused_and_nothing_is_changed(int threads)
    {
        using var model = SmallRuns.Model();

        var refused = Assert.Throws<SettingsException>(
            () => new Trainer(model, SmallRuns.Options(null) with { Threads = threads }).Fit(SmallRuns.Data));

        Assert.StartsWith($"{threads} threads", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, get_num_threads());
    }
}
