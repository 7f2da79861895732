namespace Elbo.Server;

/// <summary>A model that the server answers for, with a queue for each of its operations.</summary>
internal sealed class ServedModel
{
    private readonly BatchQueue[] _queues;

    private ServedModel(string name, InferenceModel model, ServerMetrics metrics)
    {
        (Name, Model) = (name, model);
        _queues = [.. Enum.GetValues<ModelOperation>().Select(_ => new BatchQueue(model, metrics, name))];
        metrics.Observe(name, () => WaitingExamples);
    }

    public string Name { get; }

    public InferenceModel Model { get; }

    public ModelDescription Description => Model.Description;

    /// <summary>The examples that wait, of all operations.</summary>
    public int WaitingExamples => _queues.Sum(queue => queue.WaitingExamples);

    /// <summary>Whether values have to be zeros and ones, since the model was trained on such images.</summary>
    public bool TakesZerosAndOnes => Description.Units == "zeros and ones";

    /// <summary>Opens a model and reads all its files, so that a damaged one is found now.</summary>
    /// <exception cref="InputException">The folder is no model, or a file in it is damaged or cannot be read.</exception>
    public static ServedModel Open(string name, string folder, ServerMetrics metrics)
    {
        try
        {
            var model = InferenceModel.Load(folder);
            model.Prepare();
            return new(name, model, metrics);
        }
        catch (Exception exception) when (exception is InvalidDataException or DirectoryNotFoundException)
        {
            throw new InputException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The model in {folder} cannot be read: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    /// <summary>What clients can ask of the model, as the end of a path.</summary>
    public IEnumerable<string> Operations()
    {
        yield return "sample";
        if (Model.CanEncode)
            yield return "encode";
        if (Description.LatentSize > 0)
            yield return "decode";
        yield return "score";
        if (Description.Visible is not null)
            yield return "complete";
    }

    /// <summary>Computes a job.</summary>
    /// <exception cref="ServerBusyException">Too many examples wait.</exception>
    public Task Run(ModelJob job) => _queues[(int)job.Operation].Run(job);
}
