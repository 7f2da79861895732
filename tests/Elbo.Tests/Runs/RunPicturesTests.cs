using System.Text.Json;

namespace Elbo.Tests;

public class RunPicturesTests
{
    [Fact]
    public void Pages_of_samples_can_be_switched_off_and_nothing_else_changes()
    {
        using var folders = new TemporaryFolder();
        foreach (var (name, pages) in new[] { ("with", true), ("without", false) })
        {
            using var model = SmallRuns.Model();
            new Trainer(model, SmallRuns.Options(folders[name]) with { SamplePages = pages }).Fit(SmallRuns.Data);
            using var settings = JsonDocument.Parse(File.ReadAllText(folders[name, "config.json"]));
            Assert.Equal(pages, settings.RootElement.GetProperty("training").GetProperty("samplePages").GetBoolean());
        }

        Assert.Equal(["epoch-001.png", "epoch-002.png"], Files("with"));
        Assert.Empty(Files("without"));
        Assert.Equal(File.ReadAllText(folders["with", "metrics.csv"]), File.ReadAllText(folders["without", "metrics.csv"]));
        Assert.Equal(File.ReadAllBytes(folders["with", "curves.png"]), File.ReadAllBytes(folders["without", "curves.png"]));

        IEnumerable<string?> Files(string name) => Directory.GetFiles(folders[name, "samples"]).Select(Path.GetFileName).Order();
    }

    [Fact]
    public void A_run_without_pages_goes_on_without_them()
    {
        using var folders = new TemporaryFolder();
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folders["run"]) with { SamplePages = false }).Fit(SmallRuns.Data);
        using var run = Run.Load(folders["run"]);

        run.Resume(SmallRuns.Data, epochs: 3);

        Assert.Empty(Directory.GetFiles(folders["run", "samples"]));
        Assert.True(File.Exists(folders["run", "curves.png"]));
    }
}
