namespace Elbo.Studio.Tests;

public sealed class RunCatalogueTests : IDisposable
{
    private readonly WrittenRuns _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void Runs_are_found_some_folders_below_and_through_no_link()
    {
        _written.Write("one");
        _written.Write(Path.Combine("inner", "deeper", "two"));
        var elsewhere = Directory.CreateTempSubdirectory("elbo-elsewhere-").FullName;
        RunDirectory.Create(Path.Combine(elsewhere, "three")).WriteConfiguration(new RunConfiguration { Model = Presets.Find("vae").Model, Objective = new() });
        Directory.CreateSymbolicLink(Path.Combine(_written.Root, "link"), elsewhere);
        Directory.CreateSymbolicLink(Path.Combine(_written.Root, "inner", "circle"), _written.Root);
        Assert.Equal(["one", "two"], _written.Catalogue.Runs().Select(run => run.Name).Order());
        Directory.Delete(elsewhere, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("../one")]
    [InlineData("/etc")]
    [InlineData("0123456789abcdef")]
    [InlineData(null)]
    public void What_is_not_the_id_of_a_run_finds_none(string? id)
    {
        _written.Write("one");
        Assert.Null(_written.Catalogue.Find(id));
    }

    [Fact]
    public void An_id_is_the_same_for_the_next_studio_and_says_nothing_of_the_folder()
    {
        _written.Write("one");
        var run = Assert.Single(_written.Catalogue.Runs());
        Assert.Equal(run, _written.Catalogue.Find(run.Id)! with { Overview = run.Overview });
        Assert.Matches("^[0-9a-f]{16}$", run.Id);
    }

    [Fact]
    public void A_run_whose_process_is_gone_is_not_running()
    {
        _written.Write("one", RunState.Running, process: int.MaxValue);
        Assert.Equal(RunStanding.Stopped, Assert.Single(_written.Catalogue.Runs()).Standing);
    }

    [Fact]
    public void A_damaged_run_is_listed_with_what_is_wrong_and_hides_no_other()
    {
        _written.Write("one");
        File.WriteAllText(_written.Write("two").RecordPath, "{");
        var runs = _written.Catalogue.Runs();
        Assert.Equal(2, runs.Count);
        var damaged = runs.Single(run => run.Name == "two");
        Assert.Equal(RunStanding.Unreadable, damaged.Standing);
        Assert.DoesNotContain(_written.Root, damaged.Problem);
    }

    [Fact]
    public void Metrics_that_grow_are_read_again_and_a_line_half_written_is_left_for_later()
    {
        var directory = _written.Write("one", epochs: (1, 5, 1));
        var catalogue = _written.Catalogue;
        Assert.Equal(1, Assert.Single(catalogue.Runs(again: true)).Overview!.EpochsDone);
        var line = WrittenRuns.Row("train", (2, 6, 1)).ToLine(1);
        directory.AppendMetrics(line[..10]);
        Assert.Equal(1, Assert.Single(catalogue.Runs(again: true)).Overview!.EpochsDone);
        directory.AppendMetrics(line[10..]);
        Assert.Equal(2, Assert.Single(catalogue.Runs(again: true)).Overview!.EpochsDone);
    }
}
