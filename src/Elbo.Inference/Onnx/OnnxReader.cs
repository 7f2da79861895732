namespace Elbo.Inference;

/// <summary>Reads the messages of <c>onnx.proto</c> that a graph of Elbo has.</summary>
internal static class OnnxReader
{
    private const int External = 1;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static OnnxGraph Read(ReadOnlySpan<byte> file, string path)
    {
        try
        {
            return ReadModel(file);
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException)
        {
            throw new InvalidDataException($"{path} is not a readable ONNX file: {exception.Message}.", exception);
        }
    }

    private static OnnxGraph ReadModel(ReadOnlySpan<byte> message)
    {
        OnnxGraph? graph = null;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 7:
                    graph = ReadGraph(reader.ReadBytes(), metadata);
                    break;
                case 14:
                    var (key, value) = ReadEntry(reader.ReadBytes());
                    metadata[key] = value;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return graph ?? throw new InvalidDataException("it has no graph");
    }

    private static OnnxGraph ReadGraph(ReadOnlySpan<byte> message, Dictionary<string, string> metadata)
    {
        var (nodes, tensors) = (new List<OnnxNode>(), new List<OnnxTensor>());
        var (inputs, outputs) = (new List<OnnxPort>(), new List<OnnxPort>());
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(ReadNode(reader.ReadBytes()));
                    break;
                case 5:
                    tensors.Add(ReadTensor(reader.ReadBytes()));
                    break;
                case 11:
                    inputs.Add(ReadPort(reader.ReadBytes()));
                    break;
                case 12:
                    outputs.Add(ReadPort(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var constants = tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new(nodes, tensors, [.. inputs.Where(input => !constants.Contains(input.Name))], outputs, metadata);
    }

    private static OnnxNode ReadNode(ReadOnlySpan<byte> message)
    {
        var (inputs, outputs) = (new List<string>(), new List<string>());
        var attributes = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        var name = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.ReadText());
                    break;
                case 2:
                    outputs.Add(reader.ReadText());
                    break;
                case 4:
                    name = reader.ReadText();
                    break;
                case 5:
                    ReadAttribute(reader.ReadBytes(), attributes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, inputs, outputs, attributes);
    }

    private static void ReadAttribute(ReadOnlySpan<byte> message, Dictionary<string, OnnxAttribute> attributes)
    {
        var (name, number, integer, integers) = ("", 0f, 0L, new List<long>());
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadText();
                    break;
                case 2:
                    number = reader.ReadFloat();
                    break;
                case 3:
                    integer = reader.ReadInteger();
                    break;
                case 8:
                    reader.ReadIntegers(integers);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        attributes[name] = new(number, integer, integers);
    }

    private static OnnxTensor ReadTensor(ReadOnlySpan<byte> message)
    {
        var (shape, name, type, location) = (new List<long>(), "", 0L, 0L);
        byte[]? data = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.ReadIntegers(shape);
                    break;
                case 2:
                    type = reader.ReadInteger();
                    break;
                case 8:
                    name = reader.ReadText();
                    break;
                case 9:
                    data = reader.ReadBytes().ToArray();
                    break;
                case 14:
                    location = reader.ReadInteger();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var sizes = shape.Select(size => size >= 0 ? checked((int)size) : throw new InvalidDataException("a size is negative")).ToArray();
        if (location == External)
            return new(name, Known(type), sizes, null);
        var count = sizes.Aggregate(1L, (product, size) => checked(product * size));
        data ??= [];
        return data.Length == count * SizeOf(Known(type))
            ? new(name, Known(type), sizes, data)
            : throw new InvalidDataException($"the constant '{name}' has {data.Length} bytes, which are not those of its shape");
    }

    private static OnnxPort ReadPort(ReadOnlySpan<byte> message)
    {
        var (name, type, shape) = ("", 0L, new List<int>());
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                name = reader.ReadText();
            else if (reader.Field == 2)
                type = ReadType(reader.ReadBytes(), shape);
            else
                reader.Skip();
        }

        return new(name, Known(type), [.. shape]);
    }

    // TypeProto.tensor_type: elem_type and shape.
    private static long ReadType(ReadOnlySpan<byte> message, List<int> shape)
    {
        var type = 0L;
        var outer = new ProtobufReader(message);
        while (outer.Next())
        {
            if (outer.Field != 1)
                throw new InvalidDataException("an input or output is no tensor");
            var reader = new ProtobufReader(outer.ReadBytes());
            while (reader.Next())
            {
                if (reader.Field == 1)
                    type = reader.ReadInteger();
                else if (reader.Field == 2)
                    ReadShape(reader.ReadBytes(), shape);
                else
                    reader.Skip();
            }
        }

        return type;
    }

    private static void ReadShape(ReadOnlySpan<byte> message, List<int> shape)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            var dimension = new ProtobufReader(reader.ReadBytes());
            var size = -1;
            while (dimension.Next())
            {
                if (dimension.Field == 1)
                    size = checked((int)dimension.ReadInteger());
                else
                    dimension.Skip();
            }

            shape.Add(size);
        }
    }

    private static (string Key, string Value) ReadEntry(ReadOnlySpan<byte> message)
    {
        var (key, value) = ("", "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.ReadText();
            else if (reader.Field == 2)
                value = reader.ReadText();
            else
                reader.Skip();
        }

        return (key, value);
    }

    private static ElementType Known(long type) => Enum.IsDefined((ElementType)(int)Math.Clamp(type, 0, int.MaxValue))
        ? (ElementType)type
        : throw new InvalidDataException($"the element type {type} is none of float32, float64, int64, uint8 and bool");

    private static int SizeOf(ElementType type) => type switch
    {
        ElementType.Float => sizeof(float),
        ElementType.Double => sizeof(double),
        ElementType.Int64 => sizeof(long),
        _ => sizeof(byte),
    };
}
