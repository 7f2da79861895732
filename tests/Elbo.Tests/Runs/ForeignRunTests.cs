namespace Elbo.Tests;

/// <summary>Nothing in the folder of somebody else's run hurts whoever reads it or goes on with it.</summary>
public class ForeignRunTests
{
    public static TheoryData<string, string> Traps
    {
        get
        {
            var traps = new TheoryData<string, string>();
            foreach (var file in new[]
            {
                "config.json", "run.json", "metrics.csv", "standard-errors.csv", "timings.csv", "training.lock", "record.lock",
                "checkpoints/last.safetensors", "checkpoints/best.safetensors",
            })
            {
                foreach (var trap in new[] { "link", "fifo", "device", "sparse" })
                    traps.Add(file, trap);
            }

            traps.Add("samples", "link");
            traps.Add("checkpoints", "link");
            return traps;
        }
    }

    [Theory]
    [MemberData(nameof(Traps))]
    public void A_link_a_FIFO_a_device_or_a_huge_file_is_neither_read_nor_written_through(string file, string trap)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs, and links there need a privilege.");
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var (path, elsewhere) = (folders["run", file], folders["elsewhere"]);
        if (Directory.Exists(path))
        {
            Directory.Move(path, elsewhere);
            File.CreateSymbolicLink(path, elsewhere);
        }
        else
        {
            // A victim with the same content, so that only the link gives it away.
            if (File.Exists(path))
                File.Move(path, elsewhere);
            else
                File.WriteAllText(elsewhere, "the user's own");
            Set(path, trap, elsewhere);
        }

        var before = Content(elsewhere);
        var refusals = new[]
        {
            Record.Exception(() => RunOverview.Read(directory.Folder)),
            Record.Exception(() => Resume(directory.Folder)),
        };

        Assert.All(refusals, refusal => Assert.True(refusal is null or ElboException, $"{refusal}"));
        Assert.Equal(before, Content(elsewhere));
        // Seconds, locks and pictures are not needed to use a run; the rest must be refused.
        if (file is not ("timings.csv" or "training.lock" or "record.lock" or "samples"))
            Assert.Contains(refusals, refusal => refusal is not null);
    }

    [Theory]
    [InlineData("training.lock")]
    [InlineData("record.lock")]
    [InlineData("timings.csv")]
    [InlineData("metrics.csv")]
    [InlineData("standard-errors.csv")]
    [InlineData("run.json")]
    [InlineData("checkpoints/last.safetensors")]
    public void A_file_that_is_another_of_its_user_too_is_not_changed(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The number of names of a file is known on Linux.");
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var path = folders["run", file];
        if (!File.Exists(path))
            File.WriteAllText(path, "the user's own");
        RunCopies.MakeHardLink(path, folders["elsewhere"]);
        var before = File.ReadAllBytes(folders["elsewhere"]);

        Resume(directory.Folder);

        Assert.Equal(before, File.ReadAllBytes(folders["elsewhere"]));
    }

    [Fact]
    public void A_lock_that_is_held_is_not_replaced_because_it_has_a_second_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The number of names of a file is known on Linux.");
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        using var held = directory.Lock();
        RunCopies.MakeHardLink(folders["run", "training.lock"], folders["elsewhere"]);

        Assert.Throws<SettingsException>(() => Resume(directory.Folder));
    }

    [Fact]
    public void A_folder_with_a_time_that_is_out_of_range_is_no_hindrance()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm"), "A file system with such times is there on Linux.");
        var folder = Directory.CreateDirectory($"/dev/shm/elbo-tests-{Guid.NewGuid():N}").FullName;
        try
        {
            var left = Directory.CreateDirectory(Path.Combine(folder, ".x.0123456789abcdef0123456789abcdef.partial")).FullName;
            using (var touch = System.Diagnostics.Process.Start("touch", ["-d", "@1000000000000", left]))
                touch.WaitForExit();
            using var staged = StagedFolder.Create(Path.Combine(folder, "run"), "a run");
            Assert.True(Directory.Exists(left));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("\"hidden\": [\n        12\n      ]", "\"hidden\": [30000, 30000]")]
    [InlineData("\"kind\": \"mlp\"", "\"kind\": \"conv\"")]
    [InlineData("\"latentSize\": 3", "\"latentSize\": 4096")]
    [InlineData("\"learningRate\": 0.001", "\"learningRate\": 1e999")]
    [InlineData("\"learningRate\": 0.001", "\"learningRate\": -1e3090")]
    [InlineData("\"width\": 6", "\"width\": 2000000000")]
    [InlineData("\"height\": 6", "\"height\": -6")]
    [InlineData("\"batchSize\": 16", "\"batchSize\": -16")]
    public void A_configuration_of_a_kilobyte_cannot_ask_for_more_than_its_checkpoint_holds(string before, string after)
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var text = File.ReadAllText(directory.ConfigurationPath);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(directory.ConfigurationPath, text.Replace(before, after, StringComparison.Ordinal)
            .Replace(
                "\"channels\": [\n        32,\n        64\n      ]",
                "\"channels\": [65536, 65536, 65536, 65536]",
                StringComparison.Ordinal));

        var refused = Assert.ThrowsAny<ElboException>(() => Resume(directory.Folder));

        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_of_huge_images_is_read_without_its_mask()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<SettingsException>(() => new RegionCondition("quadrants-1", new ImageShape(1, 30_000, 40_000)));
        var large = new RegionCondition("quadrants-1", new ImageShape(1, 4_000, 4_000));

        Assert.Equal(16_000_000, large.FeatureCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData("epoch", "-1000")]
    [InlineData("step", "-2147483648")]
    [InlineData("step", "2147483647")]
    [InlineData("metrics_length", "-1")]
    [InlineData("metrics_length", "9223372036854775807")]
    [InlineData("best_epoch", "1e9")]
    [InlineData("best_loss", "NaN")]
    [InlineData("seed", "-1")]
    public void A_number_of_a_checkpoint_that_is_out_of_range_is_refused(string key, string value)
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var path = directory.CheckpointPath(CheckpointKind.Last);
        var file = SafetensorsFile.Read(path);
        SafetensorsFile.Write(path, file.Entries, new Dictionary<string, string>(
            file.Metadata.Where(entry => entry.Key is not (SafetensorsChecksum.DataKey or SafetensorsChecksum.HeaderKey)))
        {
            [key] = value,
        });

        var refused = Assert.Throws<InputException>(() => Resume(directory.Folder));

        Assert.Matches("damaged|shorter", refused.Message);
    }

    [Theory]
    [InlineData("\"trainSha256\": \"", "\"trainSha256\": \"abc")]
    [InlineData("\"testReads\": ", "\"testReads\": -")]
    [InlineData("\"bestEpoch\": ", "\"bestEpoch\": -")]
    public void A_record_that_no_training_writes_is_refused(string before, string after)
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var text = File.ReadAllText(directory.RecordPath);
        var end = text.LastIndexOf(",\n  \"checksum\"", StringComparison.Ordinal);
        File.WriteAllText(directory.RecordPath, text[..end].Replace(before, after, StringComparison.Ordinal) + "\n}\n");

        Assert.Throws<InputException>(() => RunOverview.Read(directory.Folder));
    }

    [Fact]
    public void A_list_with_null_in_a_record_is_refused()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var text = File.ReadAllText(directory.RecordPath);
        var end = text.LastIndexOf(",\n  \"checksum\"", StringComparison.Ordinal);
        File.WriteAllText(directory.RecordPath, text[..end] + ",\n  \"plugins\": [null]\n}\n");

        Assert.Throws<InputException>(directory.ReadRecord);
    }

    [Fact]
    public void A_checkpoint_with_more_than_its_model_has_is_refused_before_it_is_read()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var path = directory.CheckpointPath(CheckpointKind.Best);
        var file = SafetensorsFile.Read(path);
        var metadata = file.Metadata.Where(entry => entry.Key is not (SafetensorsChecksum.DataKey or SafetensorsChecksum.HeaderKey));
        SafetensorsFile.Write(
            path,
            [.. file.Entries, new("optimizer.a", SafetensorsType.U8, [1 << 25], new byte[1 << 25])],
            new Dictionary<string, string>(metadata));

        var refused = Assert.Throws<InputException>(() => Run.Load(directory.Folder));

        Assert.Contains("more than a checkpoint of this model has", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rectangle:0,0,6,6", false)]
    [InlineData("all-but-rectangle:0,0,6,6", false)]
    [InlineData("rectangle:5,5,1,1", true)]
    [InlineData("all-but-rectangle:5,5,1,1", true)]
    [InlineData("rectangle:2,3,0,2", false)]
    [InlineData("left-half", true)]
    [InlineData("quadrants-3", true)]
    public void A_region_is_possible_if_it_hides_and_shows_a_pixel(string region, bool isPossible)
    {
        var refused = Record.Exception(() => new RegionCondition(region, new ImageShape(1, 6, 6)));

        Assert.Equal(isPossible, refused is null);
        if (isPossible)
            Assert.InRange(new RegionCondition(region, new ImageShape(1, 6, 6)).VisiblePixels.Count(visible => visible), 1, 35);
    }

    [Fact]
    public void Metrics_that_no_training_writes_are_refused()
    {
        using var folders = new TemporaryFolder();
        var header = MetricsRow.Header([new("z", 1)]);
        foreach (var row in new[] { "-1,1,train", "1,-1000,train", "1,1,\e[31mred" })
        {
            File.WriteAllText(folders["metrics.csv"], header + row + ",1,1,1,1,1,1,1,1,1\n");
            Assert.Throws<InputException>(() => MetricsRow.Read(folders["metrics.csv"]));
        }
    }

    [Fact]
    public void Only_who_holds_the_lock_of_a_run_trains_it()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var record = directory.ReadRecord() with { State = RunState.Running, ProcessId = ParentOf() };

        Assert.Null(RunProcess.Find(directory, record));
        Assert.Equal("stopped", RunProcess.Describe(directory, record));
        using (directory.Lock())
        {
            // The lock is held by this process and not by the one that the record names.
            Assert.Null(RunProcess.Find(directory, record));
            Assert.Equal("running", RunProcess.Describe(directory, record));
        }
    }

    private static int ParentOf() => int.Parse(File.Exists("/proc/self/stat")
        ? File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
        : "1");

    private static void Set(string path, string trap, string elsewhere)
    {
        switch (trap)
        {
            case "link":
                File.CreateSymbolicLink(path, elsewhere);
                break;
            case "fifo":
                RunCopies.MakeFifo(path);
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            default:
                using (var stream = new FileStream(path, FileMode.CreateNew))
                    stream.SetLength(1L << 32);
                break;
        }
    }

    private static void Resume(string folder)
    {
        using var run = Run.Load(folder);
        run.Resume(SmallRuns.Data, epochs: 3);
    }

    private static Dictionary<string, byte[]> Content(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).ToDictionary(file => file, File.ReadAllBytes)
        : new() { [path] = File.ReadAllBytes(path) };
}
