using Elbo.Inference;
using Microsoft.Extensions.AI;

namespace Elbo.Extensions;

/// <summary>
/// Embeddings of examples for Microsoft.Extensions.AI: the means of q(z|x), so that similar examples have codes close to each other.
/// Any number of threads may use a generator.
/// </summary>
/// <param name="model">A model without a condition that infers codes; a condition would have to come with each example.</param>
/// <param name="name">The name of the model in the metadata of embeddings; null for its kind.</param>
public sealed class CodeEmbeddingGenerator(InferenceModel model, string? name = null)
    : IEmbeddingGenerator<ReadOnlyMemory<float>, Embedding<float>>
{
    private const string Provider = "elbo";

    private readonly string _name = name ?? model.Description.Kind;

    /// <summary>The codes of examples.</summary>
    /// <param name="values">
    /// Each example, <c>[values]</c>: a picture from 0 for dark to 1 for bright, or a row in the units of the data.
    /// </param>
    /// <param name="options">If dimensions are asked for, they must be those of a code.</param>
    /// <param name="cancellationToken">Ends it between two examples.</param>
    /// <returns>An embedding for each example, in their order.</returns>
    /// <exception cref="ArgumentException">An example does not fit the model, or the model has a condition.</exception>
    /// <exception cref="NotSupportedException">The model infers no code, or other dimensions are asked for.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<ReadOnlyMemory<float>> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != model.Description.LatentSize)
            throw new NotSupportedException($"The codes of the model have {model.Description.LatentSize} dimensions, not {dimensions}.");
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var example in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = model.Encode(new() { Values = example.Span });
            if (code.Length != model.Description.LatentSize)
                throw new ArgumentException($"{example.Length} numbers are several examples: give each its own memory.", nameof(values));
            embeddings.Add(new Embedding<float>(code) { ModelId = _name });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata(Provider, null, _name, model.Description.LatentSize);
        return serviceType == typeof(InferenceModel) ? model : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: the model has nothing to dispose.</summary>
    public void Dispose()
    {
    }
}
