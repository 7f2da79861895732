namespace Elbo.Studio;

/// <summary>
/// The runs whose models were opened last. Opening one too many frees the weights of the one that was used least recently; a page that
/// still shows it reads them again.
/// </summary>
internal sealed class OpenRuns(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(string Id, string Signature, OpenModel Model)> _opened = [];

    // On the compute thread only.
    private readonly List<(OpenModel Model, Run Run)> _loaded = [];

    /// <summary>Opens the model of a run. It is read again once its best weights have changed.</summary>
    public OpenModel Open(string id, RunEntry run)
    {
        var directory = run.Overview!.Directory;
        var signature = SignatureOf(directory.BestWeightsPath);
        lock (_gate)
        {
            var known = _opened.FindIndex(each => each.Id == id && each.Signature == signature);
            if (known >= 0)
            {
                var found = _opened[known];
                _opened.RemoveAt(known);
                _opened.Add(found);
                return found.Model;
            }
        }

        // Outside the lock, since reading the data of one run can take long. Two that open the same run read it twice.
        var (examples, split) = HeldOut(directory, run.Overview);
        OpenModel? opened = null;
        opened = new OpenModel(
            id, run.Name, run.Overview.Configuration, examples, () => Weights(opened!))
        {
            Run = run,
            Version = signature,
            Split = split,
            LabelNames = run.Overview.Record.Dataset.LabelNames,
        };
        lock (_gate)
        {
            _opened.RemoveAll(each => each.Id == id);
            _opened.Add((id, signature, opened));
            if (_opened.Count > capacity)
                _opened.RemoveAt(0);
        }

        return opened;
    }

    /// <summary>Frees all weights. On the compute thread only.</summary>
    public void Dispose()
    {
        foreach (var (_, run) in _loaded)
            run.Dispose();
        _loaded.Clear();
    }

    private LatentVariableModel Weights(OpenModel model)
    {
        var index = _loaded.FindIndex(each => ReferenceEquals(each.Model, model));
        if (index < 0)
        {
            var run = Run.Load(model.Run!.Folder);
            _loaded.Add((model, run));
            if (_loaded.Count > capacity)
            {
                _loaded[0].Run.Dispose();
                _loaded.RemoveAt(0);
            }

            return run.Model;
        }

        var found = _loaded[index];
        _loaded.RemoveAt(index);
        _loaded.Add(found);
        return found.Run.Model;
    }

    /// <summary>The validation split of the training, or where there is none the test split, which the record of the run counts.</summary>
    private static (ExampleSet Examples, string Split) HeldOut(RunDirectory directory, RunOverview overview)
    {
        var (dataset, configuration) = (directory.LoadData(), overview.Configuration);
        var validation = configuration.Data.Validation ?? ValidationSplit.DefaultFor(dataset.Train.Count);
        if (ValidationSplit.Split(dataset.Train, validation, configuration.Training.Seed).Validation is { } held)
            return (held, "validation");
        try
        {
            directory.CountTestRead();
        }
        catch (ElboException)
        {
            // A run on a read-only disk, or of another user, can still be looked at.
        }

        return (dataset.Test, "test");
    }

    private static string SignatureOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.Length}-{FileTime.Of(file).Ticks}" : "";
    }
}
