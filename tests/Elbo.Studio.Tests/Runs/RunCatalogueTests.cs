using System.Diagnostics;

namespace Elbo.Studio.Tests;

public class RunCatalogueTests
{
    [Fact]
    public void Runs_are_found_at_and_below_the_roots_and_sorted_by_age()
    {
        using var folders = new RunFolders();
        folders.Add("old", record: run => run with { StartedAt = run.StartedAt.AddDays(-1) });
        folders.Add("beta/of/new", record: run => run with { StartedAt = run.StartedAt.AddDays(1) });
        folders.Add("middle");

        Assert.Equal(["new", "middle", "old"], folders.Catalogue().Runs().Select(run => run.Name));
        Assert.Equal("middle", Assert.Single(folders.Catalogue(folders["middle"]).Runs()).Name);
        Assert.Equal(
            ["middle", "old"], folders.Catalogue(folders["middle"], folders["old"], folders["middle"]).Runs().Select(run => run.Name));
    }

    [Fact]
    public void A_trailing_separator_of_a_root_makes_no_difference()
    {
        using var folders = new RunFolders();
        var run = folders.Add("run");

        var (plain, slashed) = (folders.Catalogue(run), folders.Catalogue(run + Path.DirectorySeparatorChar));
        Assert.Equal("run", Assert.Single(slashed.Runs()).Name);
        Assert.Equal(plain.Runs()[0].Id, slashed.Runs()[0].Id);
        Assert.Equal(folders.Root, slashed.NewRunsFolder);
    }

    [Fact]
    public void Links_and_hidden_folders_are_not_followed()
    {
        using var outside = new RunFolders();
        outside.Add("secret");
        using var folders = new RunFolders();
        folders.Add(".hidden/run");
        Directory.CreateSymbolicLink(folders["link"], outside.Root);
        Directory.CreateSymbolicLink(folders["circle"], folders.Root);

        Assert.Empty(folders.Catalogue().Runs());
    }

    [Fact]
    public void A_run_whose_plugin_is_not_loaded_is_listed_and_says_what_is_missing()
    {
        using var folders = new RunFolders();
        var folder = folders.Add(
            "own",
            record: run => run with { Plugins = [new PluginFile("parts.dll", "00")] },
            configuration: settings => settings with
            {
                Model = settings.Model with { Likelihood = "laplacian", Condition = Condition.Label(4) },
            });
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"label\"", "\"parity\"", StringComparison.Ordinal));

        var run = Assert.Single(folders.Catalogue().Runs());

        Assert.Equal((RunStatus.Finished, null), (run.Status, run.Problem));
        Assert.Equal([new("likelihood", "laplacian"), new("condition", "parity")], run.Overview!.MissingParts);
        Assert.Equal("parity", run.Overview.Settings()["model.condition.kind"]);
        Assert.Equal(3, run.Overview.EpochsDone);
        var refused = Assert.Throws<MissingPluginException>(run.Overview.Directory.ReadConfiguration);
        Assert.Contains("parts.dll", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("../run")]
    [InlineData("0000000000000000")]
    public void An_unknown_id_finds_no_run(string? id)
    {
        using var folders = new RunFolders();
        folders.Add("run");

        Assert.Null(folders.Catalogue().Find(id));
    }

    [Fact]
    public void The_id_of_a_run_outside_the_roots_or_a_path_finds_no_run()
    {
        using var folders = new RunFolders();
        var inside = folders.Add("inside/run");
        var outside = folders.Add("outside/run");
        var catalogue = folders.Catalogue(folders["inside"]);

        Assert.Equal(inside, catalogue.Find(RunCatalogue.IdOf(inside))?.Folder);
        Assert.Null(catalogue.Find(RunCatalogue.IdOf(outside)));
        Assert.Null(catalogue.Find(inside));
        Assert.Null(catalogue.Find(outside));
    }

    [Fact]
    public void An_id_is_stable_and_does_not_reveal_the_folder()
    {
        using var folders = new RunFolders();
        folders.Add("run");

        var id = Assert.Single(folders.Catalogue().Runs()).Id;
        Assert.Equal(id, Assert.Single(folders.Catalogue().Runs()).Id);
        Assert.Matches("^[0-9a-f]{16}$", id);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("run.json")]
    [InlineData("metrics.csv")]
    public void A_run_with_a_broken_file_is_listed_with_the_reason(string file)
    {
        using var folders = new RunFolders();
        folders.Add("whole");
        var broken = folders.Add("broken");
        File.WriteAllText(Path.Combine(broken, file), "{ no such thing\n1,2\n");

        var runs = folders.Catalogue().Runs().OrderByDescending(run => run.Name).ToList();
        Assert.Equal(["whole", "broken"], runs.Select(run => run.Name));
        Assert.Equal(RunStatus.Unreadable, runs[1].Status);
        Assert.False(runs[1].IsResumable);
        Assert.Contains("broken", runs[1].Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(folders.Root, runs[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Above_the_limit_the_newest_runs_are_listed_and_only_what_is_shown_is_read()
    {
        using var folders = new RunFolders();
        var template = folders.Add("zz-newest", epochs: 1, record: run => run with { StartedAt = run.StartedAt.AddDays(1) });
        var other = folders.Add("a-0000", epochs: 1);
        var longAgo = DateTime.UtcNow.AddDays(-2);
        for (var i = 1; i < RunCatalogue.MaxRuns + 10; i++)
        {
            // Only the settings: a run without a record is listed too, as unreadable.
            var folder = Directory.CreateDirectory(folders[$"a-{i:0000}"]).FullName;
            File.Copy(Path.Combine(other, "config.json"), Path.Combine(folder, "config.json"));
            File.SetLastWriteTimeUtc(Path.Combine(folder, "config.json"), longAgo);
        }

        var catalogue = folders.Catalogue();
        var runs = catalogue.Runs();
        Assert.Equal(RunCatalogue.MaxRuns, runs.Count);
        Assert.Equal(["zz-newest", "a-0000"], runs.Take(2).Select(run => run.Name));
        // Only those that are shown are read, and once.
        Assert.Equal(0, catalogue.Reads);
        Assert.Equal(1, runs[0].Overview!.EpochsDone);
        Assert.Equal(RunStatus.Unreadable, runs[^1].Status);
        Assert.Equal(1, catalogue.Runs(refresh: true)[0].Overview!.EpochsDone);
        Assert.Equal(2, catalogue.Reads);
        folders.AddEpoch("zz-newest", 2);
        Assert.Equal(2, catalogue.Runs(refresh: true)[0].Overview!.EpochsDone);
        Assert.Equal(3, catalogue.Reads);
        Assert.Equal(template, runs[0].Folder);
    }

    [Theory]
    [InlineData("config.json", "\0\0\0")]
    [InlineData("config.json", "null")]
    [InlineData("config.json", "[]")]
    [InlineData("config.json", "{\"schema\":1e999}")]
    [InlineData("run.json", "null")]
    [InlineData("run.json", "{\"state\":7}")]
    [InlineData("metrics.csv", "\0\n1\n")]
    [InlineData("metrics.csv", "step,epoch,split\n-1e3090,1e999,train\n")]
    public void One_bad_folder_never_hides_the_others(string file, string content)
    {
        using var folders = new RunFolders();
        folders.Add("whole");
        File.WriteAllText(Path.Combine(folders.Add("bad"), file), content);
        Directory.CreateDirectory(Path.Combine(folders["nothing"], "config.json"));

        var runs = folders.Catalogue().Runs();
        Assert.Equal(["bad", "whole"], runs.Select(run => run.Name).Order());
        Assert.NotNull(runs.Single(run => run.Name == "whole").Overview);
        Assert.NotNull(runs.Single(run => run.Name == "bad").Problem);
    }

    [Fact]
    public void Names_and_reasons_are_listed_without_control_characters_and_commands_are_quoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Such a folder cannot exist.");
        using var folders = new RunFolders();
        File.WriteAllText(Path.Combine(folders.Add("a\e[2J\nb\\c"), "run.json"), "{");

        var run = Assert.Single(folders.Catalogue().Runs());
        Assert.Equal("a\ufffd[2J b\\c", run.Name);
        Assert.DoesNotContain('\e', run.Problem!);
        Assert.DoesNotContain('\n', run.Problem!);
        Assert.EndsWith("a\\033[2J\\012b\\134c')\"", run.Argument, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_does_not_exist_yet_has_no_runs()
    {
        using var folders = new RunFolders();
        var catalogue = folders.Catalogue(folders["later"]);
        Assert.Empty(catalogue.Runs());

        folders.Add("later/run");
        Assert.Single(catalogue.Runs(refresh: true));
    }

    [Fact]
    public void A_growing_run_is_read_again_and_an_incomplete_line_is_ignored()
    {
        using var folders = new RunFolders();
        var metrics = Path.Combine(folders.Add("run", epochs: 2), "metrics.csv");
        var catalogue = folders.Catalogue();
        var first = Assert.Single(catalogue.Runs());
        Assert.Equal(2, first.Overview!.EpochsDone);
        Assert.Same(first, catalogue.Runs(refresh: true)[0]);

        folders.AddEpoch("run", 3);
        Assert.Equal(3, catalogue.Runs(refresh: true)[0].Overview!.EpochsDone);

        var whole = File.ReadAllText(metrics);
        File.AppendAllText(metrics, "40,4,train,114,");
        Assert.Equal(3, catalogue.Runs(refresh: true)[0].Overview!.EpochsDone);
        File.AppendAllText(metrics, "114,104,10,1,1,1,0.001,5,5\n");
        Assert.Equal(4, catalogue.Runs(refresh: true)[0].Overview!.EpochsDone);

        // Resuming a run from its last checkpoint removes the lines after that checkpoint.
        var lines = whole.Split('\n');
        File.WriteAllText(metrics, string.Join('\n', lines[..3]) + "\n");
        Assert.Equal(1, catalogue.Runs(refresh: true)[0].Overview!.EpochsDone);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("run.json")]
    [InlineData("metrics.csv")]
    public void A_link_to_a_pipe_or_a_device_in_one_run_neither_blocks_nor_hides_the_others(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs.");
        using var folders = new RunFolders();
        folders.Add("whole");
        var pipe = Path.Combine(Directory.CreateDirectory(folders["pipes"]).FullName, "pipe");
        using (var process = Process.Start("mkfifo", [pipe]))
            process.WaitForExit();
        foreach (var (name, target) in new[] { ("piped", pipe), ("device", "/dev/zero") })
        {
            var path = Path.Combine(folders.Add(name), file);
            File.Delete(path);
            File.CreateSymbolicLink(path, target);
        }

        var runs = folders.Catalogue().Runs();

        Assert.Equal(RunStatus.Finished, runs.Single(run => run.Name == "whole").Status);
        Assert.All(runs.Where(run => run.Name != "whole"), run => Assert.Equal(RunStatus.Unreadable, run.Status));
    }

    [Fact]
    public void A_run_is_running_only_while_the_process_that_wrote_its_record_exists()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sleep does not exist");
        using var another = Process.Start("sleep", "60");
        using var folders = new RunFolders();
        folders.Add("without-process", record: run => run with { State = RunState.Running });
        folders.Add("of-an-exited-process", record: run => run with { State = RunState.Running, ProcessId = int.MaxValue });
        // The id of another process: the operating system reuses process ids.
        folders.Add(
            "of-another-process",
            record: run => run with { State = RunState.Running, ProcessId = another.Id, StartedAt = DateTimeOffset.Now });

        Assert.All(folders.Catalogue().Runs(), run => Assert.Equal(RunStatus.Stopped, run.Status));
        another.Kill();
    }

    [Fact]
    public void Suggested_epochs_for_resuming_are_the_configured_ones_or_twice_that_for_a_finished_run()
    {
        using var folders = new RunFolders();
        folders.Add("finished", configuration: settings => settings with { Training = settings.Training with { Epochs = 3 } });
        folders.Add(
            "stopped",
            record: run => run with { State = RunState.Interrupted },
            configuration: settings => settings with { Training = settings.Training with { Epochs = 7 } });

        var runs = folders.Catalogue().Runs().ToDictionary(run => run.Name);
        Assert.Equal(6, runs["finished"].DefaultEpochs);
        Assert.Equal(7, runs["stopped"].DefaultEpochs);
    }
}
