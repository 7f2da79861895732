namespace Elbo.Server;

/// <summary>Validates the fields of requests and converts them to the inputs of a model.</summary>
internal static class ExampleInputs
{
    /// <summary>The values of the examples of a request.</summary>
    /// <exception cref="RequestException">They are missing, or do not fit the model.</exception>
    public static float[] Values(ServedModel model, ExampleRequest request)
    {
        var values = (request.Values, request.Images) switch
        {
            ({ Length: > 0 } rows, null) => Rows("values", rows, model.Description.ValueCount, ServerLimits.Examples),
            (null, { Length: > 0 } images) => Pictures(model.Description, images),
            _ => throw RequestException.Invalid("Give the examples as 'values' or as 'images', at least one."),
        };
        EnsureUnits(model, values);
        return values;
    }

    /// <summary>A number for each value of one example, NaN for what is hidden.</summary>
    /// <exception cref="RequestException">It does not fit the model.</exception>
    public static float[] Visible(ServedModel model, float?[] values)
    {
        if (values.Length != model.Description.ValueCount)
        {
            throw RequestException.Invalid(
                $"The example has {values.Length} numbers: {model.Description.ValueCount} are needed, null for what is hidden.");
        }

        var numbers = Array.ConvertAll(values, value => value ?? float.NaN);
        if (Array.Exists(numbers, float.IsInfinity))
            throw RequestException.Invalid("A number of the example is too large.");
        return numbers;
    }

    /// <summary>The codes of a request.</summary>
    /// <exception cref="RequestException">They are missing, or do not fit the model.</exception>
    public static float[] Codes(ServedModel model, float[][]? codes) => codes is { Length: > 0 }
        ? Rows("codes", codes, model.Description.LatentSize, ServerLimits.Examples)
        : throw RequestException.Invalid($"Give 'codes': rows of {model.Description.LatentSize} numbers.");

    /// <summary>The label of each example; empty for a model that takes none.</summary>
    /// <exception cref="RequestException">They are missing, or none of the model's.</exception>
    public static int[] Labels(ServedModel model, ConditionedRequest request, int count)
    {
        var description = model.Description;
        if (description.Labels.Count == 0)
        {
            return request.Labels is null
                ? []
                : throw RequestException.Invalid($"The model '{model.Name}' is not conditioned on labels: leave 'labels' out.");
        }

        var labels = request.Labels switch
        {
            { } given when given.Length == count => given,
            [var one] => Repeated([one], count),
            null => throw RequestException.Invalid(
                $"The model '{model.Name}' is conditioned on labels: give 'labels', of {string.Join(", ", description.Labels)}."),
            var given => throw RequestException.Invalid(
                $"There are {given.Length} labels for {count} examples: give one for each, or one for all."),
        };
        foreach (var label in labels)
        {
            if (!description.HasLabel(label))
                throw RequestException.Invalid($"The label {label} is none of the model's: {string.Join(", ", description.Labels)}.");
        }

        return labels;
    }

    /// <summary>The attributes of each example; empty for a model that takes none.</summary>
    /// <exception cref="RequestException">They are missing, or do not fit the model.</exception>
    public static double[] Attributes(ServedModel model, ConditionedRequest request, int count)
    {
        var width = model.Description.AttributeCount;
        if (width == 0)
        {
            return request.Attributes is null
                ? []
                : throw RequestException.Invalid($"The model '{model.Name}' is not conditioned on attributes: leave 'attributes' out.");
        }

        var names = model.Description.AttributeNames is { Count: > 0 } known ? $" ({string.Join(", ", known)})" : "";
        return request.Attributes switch
        {
            { } given when given.Length == count => Rows("attributes", given, width, count),
            [var one] => Repeated(Rows("attributes", [one], width, 1), count),
            null => throw RequestException.Invalid(
                $"The model '{model.Name}' is conditioned on {width} attributes{names}: "
                + "give 'attributes', a row for each example or for all."),
            var given => throw RequestException.Invalid(
                $"There are {given.Length} rows of attributes for {count} examples: give one for each, or one for all."),
        };
    }

    /// <summary>Rows one after the other.</summary>
    public static T[] Repeated<T>(T[] row, int count)
    {
        var all = new T[checked(row.Length * count)];
        for (var i = 0; i < count; i++)
            row.CopyTo(all, i * row.Length);
        return all;
    }

    private static T[] Rows<T>(string name, T[][] rows, int width, int most)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        if (rows.Length > most)
            throw RequestException.Invalid($"There are {rows.Length} rows in '{name}': at most {most} are taken at once.");
        var numbers = new T[checked(rows.Length * width)];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i]?.Length != width)
                throw RequestException.Invalid($"{name}[{i}] has {rows[i]?.Length ?? 0} numbers: {width} are needed.");
            // What JSON can write and a number of this size cannot hold.
            if (Array.FindIndex(rows[i], number => !T.IsFinite(number)) is >= 0 and var column)
                throw RequestException.Invalid($"{name}[{i}][{column}] is too large.");
            rows[i].CopyTo(numbers, i * width);
        }

        return numbers;
    }

    private static float[] Pictures(ModelDescription description, byte[][] images)
    {
        if (images.Length > ServerLimits.Examples)
            throw RequestException.Invalid($"There are {images.Length} images: at most {ServerLimits.Examples} are taken at once.");
        var values = new float[checked(images.Length * description.ValueCount)];
        for (var i = 0; i < images.Length; i++)
        {
            PictureInput.Read(
                images[i] ?? [], description, $"images[{i}]", values.AsSpan(i * description.ValueCount, description.ValueCount));
        }

        return values;
    }

    private static void EnsureUnits(ServedModel model, float[] values)
    {
        if (model.TakesZerosAndOnes && Array.FindIndex(values, value => value is not (0 or 1)) is >= 0 and var index)
        {
            throw RequestException.Invalid(
                $"The model '{model.Name}' was trained on images of zeros and ones, and a pixel is {values[index]}: binarise them first.");
        }
    }
}
