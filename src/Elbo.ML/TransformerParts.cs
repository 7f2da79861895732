using Elbo.ML.Columns;
using Elbo.ML.Mappings;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Elbo.ML;

/// <summary>
/// The transformers of ML.NET that an <see cref="ElboTransformer"/> is made of. ML.NET saves its own transformers and the names of
/// mappings, but lets no other assembly save anything (docs/decisions/0036-ml-net.md): the weights are a text in a value mapping.
/// </summary>
internal static class TransformerParts
{
    /// <summary>The dimensions of the largest code that is the sum of the parts.</summary>
    public const int LargestCode = 2 * LargestPart - 1;

    private const int LargestPart = 512;

    /// <summary>Makes them.</summary>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="archive">The model.</param>
    /// <param name="ofImages">Whether the input is images.</param>
    /// <param name="options">The names of the columns.</param>
    /// <param name="input">Rows, for their schema.</param>
    public static ITransformer Create(
        TransformsCatalog catalog, ModelArchive archive, bool ofImages, ElboEstimatorOptions options, IDataView input)
    {
        var transformers = new List<ITransformer>();
        foreach (var part in Parts())
        {
            transformers.Add(part.Fit(input));
            input = transformers[^1].Transform(input);
        }

        return new TransformerChain<ITransformer>([.. transformers]);

        IEnumerable<IEstimator<ITransformer>> Parts()
        {
            var parts = new List<string>();
            yield return Mapping(catalog, new KeyMapping(), KeyMapping.Contract);
            yield return catalog.Conversion.MapValue(
                ColumnNames.Model, new Dictionary<uint, string> { [0] = archive.Text }, ColumnNames.Key);
            yield return catalog.CopyColumns(ColumnNames.Input, options.InputColumn);
            yield return ofImages
                ? Mapping(catalog, new ImageCodeMapping(), ImageCodeMapping.Contract)
                : Mapping(catalog, new VectorCodeMapping(), VectorCodeMapping.Contract);
            yield return ofImages
                ? Mapping(catalog, new ImageScoreMapping(), ImageScoreMapping.Contract)
                : Mapping(catalog, new VectorScoreMapping(), VectorScoreMapping.Contract);
            for (var size = LargestPart; size > 0; size /= 2)
            {
                if ((archive.LatentSize & size) == 0)
                    continue;
                parts.Add($"{ColumnNames.CodePart}{size}");
                yield return Part(catalog, size);
            }

            foreach (var last in Last(catalog, parts, options))
                yield return last;
            yield return catalog.DropColumns(
            [
                ColumnNames.Key, ColumnNames.Model, ColumnNames.Input, ColumnNames.WholeCode, ColumnNames.NegativeElbo,
                ColumnNames.IsAnomaly, .. parts,
            ]);
        }
    }

    /// <summary>The shape of what they make of rows of a shape, before there is a model.</summary>
    public static SchemaShape Shape(TransformsCatalog catalog, ElboEstimatorOptions options, SchemaShape input)
    {
        var part = $"{ColumnNames.CodePart}{1}";
        // ML.NET lets only its own assemblies make a column of a shape: these mappings, which are never run, have such columns.
        IEstimator<ITransformer>[] parts =
        [
            catalog.CustomMapping<NoColumns, CodePart1>((_, _) => { }, null),
            catalog.CustomMapping<NoColumns, Score>((_, _) => { }, null),
            .. Last(catalog, [part], options),
            catalog.DropColumns(part, ColumnNames.NegativeElbo, ColumnNames.IsAnomaly),
        ];
        return parts.Aggregate(input, (shape, estimator) => estimator.GetOutputSchema(shape));
    }

    private static IEnumerable<IEstimator<ITransformer>> Last(
        TransformsCatalog catalog, IReadOnlyCollection<string> parts, ElboEstimatorOptions options) =>
    [
        catalog.Concatenate(options.CodeColumn, [.. parts]),
        catalog.CopyColumns(options.NegativeElboColumn, ColumnNames.NegativeElbo),
        catalog.CopyColumns(options.IsAnomalyColumn, ColumnNames.IsAnomaly),
    ];

    private static IEstimator<ITransformer> Part(TransformsCatalog catalog, int size)
    {
        var contract = $"{ColumnNames.CodePart}{size}";
        return size switch
        {
            1 => Mapping(catalog, new CodePart1Mapping(), contract),
            2 => Mapping(catalog, new CodePart2Mapping(), contract),
            4 => Mapping(catalog, new CodePart4Mapping(), contract),
            8 => Mapping(catalog, new CodePart8Mapping(), contract),
            16 => Mapping(catalog, new CodePart16Mapping(), contract),
            32 => Mapping(catalog, new CodePart32Mapping(), contract),
            64 => Mapping(catalog, new CodePart64Mapping(), contract),
            128 => Mapping(catalog, new CodePart128Mapping(), contract),
            256 => Mapping(catalog, new CodePart256Mapping(), contract),
            _ => Mapping(catalog, new CodePart512Mapping(), contract),
        };
    }

    private static CustomMappingEstimator<TRow, TAdded> Mapping<TRow, TAdded>(
        TransformsCatalog catalog, CustomMappingFactory<TRow, TAdded> factory, string contract)
        where TRow : class, new()
        where TAdded : class, new() => catalog.CustomMapping(factory.GetMapping(), contract);
}
