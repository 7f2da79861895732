namespace Elbo.Benchmarks;

/// <summary>The context shared by all tables: measurement settings, the data, the repository, and programs that are built once.</summary>
internal sealed class Bench : IDisposable
{
    private readonly int? _repeats;
    private readonly Lazy<Dataset> _mnist;
    private readonly Lazy<PublishedElbo> _elbo;
    private readonly Lazy<Python?> _python;
    private readonly Lazy<string> _temporary = new(() => Directory.CreateTempSubdirectory("elbo-benchmarks-").FullName);

    public Bench(int? repeats, string? python, string? output)
    {
        _repeats = repeats;
        Repository = FindRepository();
        Output = output ?? Path.Combine(Repository, "benchmarks", "results", Machine.FolderName());
        _mnist = new(() => Mnist.Load(MnistFolder));
        _elbo = new(() => PublishedElbo.Publish(Repository, TemporaryFolder));
        _python = new(() => Python.Find(python, Path.Combine(Repository, "benchmarks")));
    }

    /// <summary>Whether to run one short round of everything as a functional test.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Whether to omit the process settings of the command line.</summary>
    public bool IsBare { get; init; }

    public string Repository { get; }

    public string Output { get; }

    public string MnistFolder => Path.Combine(Repository, "data", "mnist");

    public Dataset MnistData => _mnist.Value;

    public PublishedElbo Elbo => _elbo.Value;

    /// <summary>A Python with torch, or null if none was found.</summary>
    public Python? Python => _python.Value;

    /// <summary>The settings of the compared contenders, listed in every table.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"PyTorch: {Python?.TorchVersion ?? "not installed"}",
        "C heap and OpenMP wait policy: "
            + (IsBare ? "system defaults (--bare)" : "as set by the elbo command, where a table does not say otherwise"),
    ];

    public string TemporaryFolder => _temporary.Value;

    /// <summary>The number of measured rounds.</summary>
    public int Repeats(int defaultRepeats) => _repeats ?? (IsQuick ? 1 : defaultRepeats);

    /// <summary>A size, divided by ten in a quick run.</summary>
    public int Size(int full) => IsQuick ? Math.Max(1, full / 10) : full;

    /// <summary>The first training examples of MNIST.</summary>
    public ExampleSet Train(int count) => First(MnistData.Train, count);

    public static ExampleSet First(ExampleSet data, int count) => data.Subset([.. Enumerable.Range(0, count)]);

    public void Dispose()
    {
        if (_temporary.IsValueCreated)
            Directory.Delete(_temporary.Value, recursive: true);
    }

    private static string FindRepository()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Elbo.slnx")))
                    return folder.FullName;
            }
        }

        throw new InvalidOperationException("The repository was not found: start the benchmark from within it.");
    }
}
