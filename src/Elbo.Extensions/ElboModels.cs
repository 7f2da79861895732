using System.Collections.Concurrent;
using Elbo.Inference;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Elbo.Extensions;

/// <summary>
/// The models of <see cref="ElboOptions"/>: each is opened when it is first asked for, and then shared. Any number of threads may ask.
/// </summary>
public sealed partial class ElboModels
{
    private readonly ConcurrentDictionary<string, Lazy<InferenceModel>> _models = new(StringComparer.Ordinal);
    private readonly ElboOptions _options;
    private readonly ILogger<ElboModels> _logger;

    /// <summary>Names the models, and opens none.</summary>
    /// <param name="options">Their folders.</param>
    /// <param name="logger">Is told which model was opened; null for nobody.</param>
    public ElboModels(IOptions<ElboOptions> options, ILogger<ElboModels>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _logger) = (options.Value, logger ?? NullLogger<ElboModels>.Instance);
    }

    /// <summary>The names, in their alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _options.Models.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A model.</summary>
    /// <param name="name">Its name in the options.</param>
    /// <returns>The model; the same object for every call.</returns>
    /// <exception cref="KeyNotFoundException">There is no model of the name.</exception>
    /// <exception cref="IOException">Its folder is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its folder is no model; the next call tries again.</exception>
    public InferenceModel Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_options.Models.TryGetValue(name, out var folder))
        {
            throw new KeyNotFoundException(
                $"There is no model '{name}': the options name {(Names.Count == 0 ? "none" : string.Join(", ", Names))}.");
        }

        var model = _models.GetOrAdd(name, _ => new(() => Open(name, folder)));
        try
        {
            return model.Value;
        }
        catch
        {
            // So that a folder which is written meanwhile is found.
            _models.TryRemove(new(name, model));
            throw;
        }
    }

    private InferenceModel Open(string name, string folder)
    {
        var model = InferenceModel.Load(folder);
        LogOpened(name, folder, model.Description.Kind, model.Description.LatentSize);
        return model;
    }

    [LoggerMessage(1, LogLevel.Information, "Opened the model {Name}, a {Kind} with {LatentSize} latent dimensions, from {Folder}")]
    private partial void LogOpened(string name, string folder, string kind, int latentSize);
}
