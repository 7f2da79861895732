using System.Collections.Concurrent;

namespace Elbo.Studio;

/// <summary>
/// The models that views can open: the bundled ones, and those of all readable runs. The models of a few runs stay open at a time.
/// </summary>
internal sealed class ModelStore(BundledModels bundled, MnistImages images, RunCatalogue catalogue) : IDisposable
{
    /// <summary>What the ids of runs begin with, so that none is that of a bundled model.</summary>
    public const string RunPrefix = "run-";

    private const int MaxOpenRuns = 4;
    private static readonly IReadOnlyList<string> Digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    private readonly ConcurrentDictionary<string, OpenModel> _bundled = new(StringComparer.Ordinal);
    private readonly OpenRuns _runs = new(MaxOpenRuns);

    /// <summary>The id of the model of a run.</summary>
    public static string IdOf(RunEntry run) => RunPrefix + run.Id;

    /// <summary>Whether a text can be the id of the model of a run.</summary>
    public static bool IsRunId(string? id) => id?.Length == RunPrefix.Length + RunCatalogue.IdLength
        && id.StartsWith(RunPrefix, StringComparison.Ordinal)
        && id[RunPrefix.Length..].All(char.IsAsciiHexDigitLower);

    /// <summary>The runs whose model can be opened, the newest first. It reads their files.</summary>
    public IReadOnlyList<RunEntry> Runs() => [.. catalogue.Runs().Where(CanOpen)];

    /// <summary>Whether the model of a run can be opened: all its parts are registered, and it has weights.</summary>
    public static bool CanOpen(RunEntry run) => run.Overview is { MissingParts.Count: 0, Configuration.Model.CustomType: null } overview
        && File.Exists(overview.Directory.BestWeightsPath);

    /// <summary>Opens a model. The data of a run is read on a background thread; weights follow at their first use.</summary>
    /// <param name="id">The id of a bundled model or of a run.</param>
    /// <exception cref="SettingsException">There is no such model, or the run does not say where its data is.</exception>
    /// <exception cref="InputException">The data of the run cannot be read, or is no longer that of its training.</exception>
    public Task<OpenModel> Open(string id)
    {
        if (!IsRunId(id))
            return Task.Run(() => OpenBundled(id));
        return Task.Run(() => catalogue.Find(id[RunPrefix.Length..]) is { } run && CanOpen(run)
            ? _runs.Open(id, run)
            : throw new SettingsException("This run is not among those that the studio can open: choose another model."));
    }

    /// <summary>Frees the models of runs. On the compute thread only.</summary>
    public void Dispose() => _runs.Dispose();

    private OpenModel OpenBundled(string id) => _bundled.GetOrAdd(id, _ =>
    {
        var model = bundled.Find(id);
        return new OpenModel(id, id, model.Configuration, images.Test, () => bundled.Load(id)) { Bundled = model, LabelNames = Digits };
    });
}
