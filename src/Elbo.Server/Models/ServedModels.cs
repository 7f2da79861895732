using System.Diagnostics.CodeAnalysis;

namespace Elbo.Server;

/// <summary>The models that the server answers for, by their names.</summary>
internal sealed class ServedModels
{
    private readonly SortedDictionary<string, ServedModel> _models = new(StringComparer.Ordinal);

    private ServedModels()
    {
    }

    /// <summary>Them, in the order of their names.</summary>
    public IReadOnlyCollection<ServedModel> All => _models.Values;

    /// <summary>Opens all of them.</summary>
    /// <param name="folders">Their folders, by their names.</param>
    /// <param name="metrics">Counts what they compute.</param>
    /// <exception cref="InputException">A folder is no model, or a file in it is damaged or cannot be read.</exception>
    public static ServedModels Open(IReadOnlyDictionary<string, string> folders, ServerMetrics metrics)
    {
        var models = new ServedModels();
        foreach (var (name, folder) in folders)
            models._models.Add(name, ServedModel.Open(name, folder, metrics));
        return models;
    }

    public bool TryGet(string name, [NotNullWhen(true)] out ServedModel? model) => _models.TryGetValue(name, out model);
}
