using Elbo.ML.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elbo.ML;

/// <summary>
/// Adds to each row its code, -ELBO in nats averaged over draws of z that are the same for every row, and whether that is above the
/// threshold. A number that is none makes code and -ELBO NaN, and the row an anomaly. Only what is asked for is computed. Results are those
/// of the library to |a - b| ≤ 1e-5 max(1, |b|).
/// </summary>
/// <remarks>
/// <para>It is made of transformers of ML.NET and mappings of this assembly, so that <c>context.Model.Save</c> writes it with the weights,
/// and <c>context.Model.Load</c> gives transformers with the same columns bit for bit, in a program that has this assembly.</para>
/// <para>Threads: any number of them may use it at the same time. There is nothing to dispose, and libtorch is not needed.</para>
/// </remarks>
public sealed class ElboTransformer : ITransformer
{
    private readonly ITransformer _chain;
    private readonly InputColumn _column;

    internal ElboTransformer(ITransformer chain, AnomalyThreshold threshold, ElboEstimatorOptions options, InputColumn column) =>
        (_chain, Threshold, Options, _column) = (chain, threshold, options, column);

    /// <summary>The threshold for -ELBO, with its confidence intervals.</summary>
    public AnomalyThreshold Threshold { get; }

    /// <summary>What it was made with.</summary>
    public ElboEstimatorOptions Options { get; }

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing, or its type or size is not that of the training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(Ensure(inputSchema));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing, or its type or size is not that of the training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _chain.GetRowToRowMapper(Ensure(inputSchema));

    /// <summary>Adds the columns. Rows are computed when they are read.</summary>
    /// <param name="input">The rows.</param>
    /// <returns>The rows with the columns.</returns>
    /// <exception cref="ArgumentException">The column is missing, or its type or size is not that of the training.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Ensure(input.Schema);
        return _chain.Transform(input);
    }

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => _chain.Save(ctx);

    private DataViewSchema Ensure(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var given = InputColumn.Of(schema, _column.Name, Options.ImageChannels);
        if (given.Shape != _column.Shape)
        {
            throw new ArgumentException(
                $"The column '{_column.Name}' has {given.Describe()}, but the model was trained on {_column.Describe()}.", nameof(schema));
        }

        return schema;
    }
}
