using Elbo.ML.Columns;
using Elbo.ML.Mappings;
using Microsoft.ML;

namespace Elbo.ML;

/// <summary>
/// Trains a variational autoencoder on a column of ML.NET, and finds the threshold for anomalies on rows that it holds out. A row's numbers
/// are standardised by the model; an image's are from 0 to 1.
/// </summary>
/// <remarks>
/// The column is read once, into one array. Training needs a package with libtorch, such as <c>Elbo.Cpu.linux-x64</c>; the transformer does
/// not. All tensor work is on the calling thread, and no tensor is left.
/// </remarks>
public sealed class ElboEstimator : IEstimator<ElboTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly ElboEstimatorOptions _options;

    /// <summary>Makes an estimator: <see cref="ElboCatalog.Elbo"/> does the same.</summary>
    /// <param name="catalog">The transforms of a context, of which the transformer is made.</param>
    /// <param name="options">Columns, model and training; null for the defaults.</param>
    /// <exception cref="SettingsException">An option is not possible.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public ElboEstimator(TransformsCatalog catalog, ElboEstimatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (_catalog, _options) = (catalog, options ?? new());
        _options.Validate();
    }

    /// <summary>Trains the model and finds the threshold.</summary>
    /// <param name="input">The rows, normal ones.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentException">
    /// The column is missing, of another type or of no fixed size, an image is missing or has another size, a number is not finite, or
    /// there are too few rows.
    /// </exception>
    /// <exception cref="SettingsException">
    /// The options, the model and the data are not compatible, or a part of the model does not describe its operations.
    /// </exception>
    /// <exception cref="NotFiniteException">The loss, or the score of a row that was held out, is not finite.</exception>
    public ElboTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var column = InputColumn.Of(input.Schema, _options.InputColumn, _options.ImageChannels);
        var (train, normal) = Split(column.Read(input));
        using var model = ExportedModel.Train(train, _options);
        var archive = ModelArchive.Write(model.Folder, _options, normal);
        var chain = TransformerParts.Create(_catalog, archive, column.IsOfImages, _options, input);
        return new ElboTransformer(chain, archive.Threshold, _options, column);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        InputColumn.Ensure(inputSchema, _options.InputColumn);
        return TransformerParts.Shape(_catalog, _options, inputSchema);
    }

    private (ExampleSet Train, ExampleSet Normal) Split(ExampleSet examples)
    {
        var needed = AnomalyCalibration.MinimumCount(_options.FalsePositiveRate);
        var held = _options.Calibration ?? Math.Clamp(examples.Count / 10, needed, Math.Max(needed, 5000));
        if (held < needed || held > examples.Count / 2)
        {
            throw new ArgumentException(
                $"A threshold at a false-positive rate of {(decimal)_options.FalsePositiveRate} takes at least {needed} rows that are held "
                + $"out, and at least as many for the training, but the column '{_options.InputColumn}' has {examples.Count} rows of which "
                + $"{held} would be held out: give more rows, or choose a higher rate.");
        }

        int[] rows = [.. Enumerable.Range(0, examples.Count)];
        new Random(unchecked((int)(_options.Training.Seed ^ (_options.Training.Seed >> 32)))).Shuffle(rows);
        var (normal, train) = (rows[..held], rows[held..]);
        Array.Sort(normal);
        Array.Sort(train);
        return (examples.Subset(train), examples.Subset(normal));
    }
}
