using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Elbo.ML.Columns;

/// <summary>The column that a model reads: vectors of Single of one size, or images of one size.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The shape of a row.</param>
internal sealed record InputColumn(string Name, ValueShape Shape)
{
    private const string Wanted = "a vector of Single of a fixed size, or images";

    /// <summary>Whether it has images.</summary>
    public bool IsOfImages => Shape.Image is not null;

    /// <summary>The column of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="channels">The channels that are read of an image.</param>
    /// <exception cref="ArgumentException">It is missing, or is none that can be read.</exception>
    public static InputColumn Of(DataViewSchema schema, string name, int channels)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw Missing(name, schema.Select(each => each.Name));
        return column.Type switch
        {
            VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single =>
                new(name, ValueShape.Vector(vector.Size)),
            VectorDataViewType { IsKnownSize: false } => throw new ArgumentException(
                $"The vectors of the column '{name}' may have different sizes, but the model needs one: give it {Wanted}."),
            ImageDataViewType { Height: > 0, Width: > 0 } image =>
                new(name, new ImageShape(channels, image.Height, image.Width)),
            ImageDataViewType => throw new ArgumentException(
                $"The images of the column '{name}' may have different sizes, but the model needs one: put ResizeImages before it."),
            var other => throw new ArgumentException($"The column '{name}' is of the type {other}, but the model reads {Wanted}."),
        };
    }

    /// <summary>The same of a schema of which no sizes are known.</summary>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public static void Ensure(SchemaShape shape, string name)
    {
        var column = shape.FirstOrDefault(each => each.Name == name);
        if (column.Name != name)
            throw Missing(name, shape.Select(each => each.Name));
        var isVector = column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType == NumberDataViewType.Single;
        if (!isVector && column.ItemType is not ImageDataViewType)
            throw new ArgumentException($"The column '{name}' is {column.Kind} of {column.ItemType}, but the model reads {Wanted}.");
    }

    /// <summary>Every row of the column.</summary>
    /// <exception cref="ArgumentException">A row cannot be trained on, or there is none.</exception>
    public ExampleSet Read(IDataView data)
    {
        var column = data.Schema[Name];
        using var cursor = data.GetRowCursor([column]);
        if (Shape.Image is { } shape)
        {
            var bytes = new RowBuffer<byte>(Name, Shape.Size, data.GetRowCount());
            var image = cursor.GetGetter<MLImage>(column);
            MLImage? current = null;
            while (cursor.MoveNext())
            {
                image(ref current!);
                ImagePixels.Read(current, shape, bytes.Next(), $"row {bytes.Count - 1} (zero-based) of the column '{Name}'");
            }

            return new ImageDataset(shape, bytes.ToMemory());
        }

        var numbers = new RowBuffer<float>(Name, Shape.Size, data.GetRowCount());
        var vector = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            vector(ref row);
            var values = numbers.Next();
            row.CopyTo(values);
            EnsureFinite(values, numbers.Count - 1);
        }

        return new RowDataset(Shape, numbers.ToMemory());
    }

    /// <summary>What a row is, in words.</summary>
    public string Describe() => Shape.Image is { } image
        ? $"images of {image.Height} x {image.Width} pixels"
        : $"vectors of {Shape.Size} numbers";

    private void EnsureFinite(ReadOnlySpan<float> values, int row)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"Number {i} in row {row} (zero-based) of the column '{Name}' is {values[i]}: leave such rows out, or put "
                    + "ReplaceMissingValues before the model.");
            }
        }
    }

    private static ArgumentException Missing(string name, IEnumerable<string> others) =>
        new($"There is no column '{name}': the data has {string.Join(", ", others)}.");
}
