namespace Elbo.Benchmarks;

/// <summary>What all tables share: how long to measure, the data, the repository, and what is built only once.</summary>
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

    /// <summary>One short round of everything, to see that it works.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Whether the settings that the command line makes for its process are left out.</summary>
    public bool IsBare { get; init; }

    /// <summary>Whether plain TorchSharp gets those settings as well.</summary>
    public bool HasSettingsForAll { get; init; }

    public string Repository { get; }

    public string Output { get; }

    public string MnistFolder => Path.Combine(Repository, "data", "mnist");

    public Dataset MnistData => _mnist.Value;

    public PublishedElbo Elbo => _elbo.Value;

    /// <summary>A Python with torch, or null where there is none.</summary>
    public Python? Python => _python.Value;

    /// <summary>What every table tells of the sides that it compares.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"PyTorch: {Python?.TorchVersion ?? "not installed"}",
        "C heap and waiting threads: " + (IsBare, HasSettingsForAll) switch
        {
            (true, _) => "as the system has them (--bare)",
            (_, true) => "set as the elbo command sets them, for plain TorchSharp as well",
            _ => "set as the elbo command sets them, for Elbo and the bound",
        },
    ];

    public string TemporaryFolder => _temporary.Value;

    /// <summary>The rounds that count.</summary>
    public int Repeats(int usual) => _repeats ?? (IsQuick ? 1 : usual);

    /// <summary>A number that a quick run divides by ten.</summary>
    public int Size(int full) => IsQuick ? Math.Max(1, full / 10) : full;

    /// <summary>The first training examples of MNIST.</summary>
    public ImageDataset Train(int count) => First(MnistData.Train, count);

    public static ImageDataset First(ImageDataset data, int count) => data.Subset([.. Enumerable.Range(0, count)]);

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

        throw new InvalidOperationException("The repository is neither here nor above: start the benchmark from within it.");
    }
}
