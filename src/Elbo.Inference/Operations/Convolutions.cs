namespace Elbo.Inference;

/// <summary>A convolution: the numbers under the kernel at each place, times the weights.</summary>
internal sealed class Convolution(Value input, Value output, Value patches, Value products, PackedMatrix weights, ConvolutionShape shape)
    : ScratchOperation([input], output, patches, products)
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<float>(input.Storage, rows);
        var result = workspace.Of<float>(Output.Storage, rows);
        var gathered = workspace.Of<float>(patches.Storage, rows);
        var product = workspace.Of<float>(products.Storage, rows);
        var size = shape.Channels * shape.Height * shape.Width;
        for (var (from, to) = (0, 0); from < source.Length; (from, to) = (from + size, to + product.Length))
        {
            gathered.Clear();
            shape.Patches<Gather>(source.Slice(from, size), gathered);
            weights.Multiply(gathered, shape.Places, product);
            Transposition.Of(product, shape.Places, result.Slice(to, product.Length));
        }
    }

    private readonly struct Gather : IPatchVisit
    {
        public static void Visit(ReadOnlySpan<float> from, Span<float> to, int pixel, int patch) => to[patch] = from[pixel];
    }
}

/// <summary>A transposed convolution: the weights times each number, added up where the kernels overlap.</summary>
internal sealed class TransposedConvolution(
    Value input, Value output, Value places, Value patches, PackedMatrix weights, float[] bias, ConvolutionShape shape)
    : ScratchOperation([input], output, places, patches)
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<float>(input.Storage, rows);
        var result = workspace.Of<float>(Output.Storage, rows);
        var transposed = workspace.Of<float>(places.Storage, rows);
        var product = workspace.Of<float>(patches.Storage, rows);
        var pixels = shape.Height * shape.Width;
        var size = shape.Channels * pixels;
        for (var (from, to) = (0, 0); from < source.Length; (from, to) = (from + transposed.Length, to + size))
        {
            Transposition.Of(source.Slice(from, transposed.Length), weights.Inputs, transposed);
            weights.Multiply(transposed, shape.Places, product);
            var picture = result.Slice(to, size);
            for (var channel = 0; channel < shape.Channels; channel++)
                picture.Slice(channel * pixels, pixels).Fill(bias[channel]);
            shape.Patches<Scatter>(product, picture);
        }
    }

    private readonly struct Scatter : IPatchVisit
    {
        public static void Visit(ReadOnlySpan<float> from, Span<float> to, int pixel, int patch) => to[pixel] += from[patch];
    }
}

/// <summary>Convolutions with constant weights.</summary>
internal static class Convolutions
{
    public static Operation Of(OnnxNode node, IReadOnlyList<Value> inputs)
    {
        var (input, weights, bias) = Operands(node, inputs);
        var (height, width) = (weights.Shape[2], weights.Shape[3]);
        var (stride, pads) = (Pair(node, "strides"), Pads(node));
        var rows = (input.Shape[2] + pads[0] + pads[2] - height) / stride.Down + 1;
        var columns = (input.Shape[3] + pads[1] + pads[3] - width) / stride.Right + 1;
        var shape = new ConvolutionShape(
            input.Shape[1], input.Shape[2], input.Shape[3], rows, columns, (height, width), stride, (pads[0], pads[1]));
        var outputs = weights.Shape[0];
        if (weights.Shape[1] != input.Shape[1])
            throw Misfit();
        return new Convolution(
            input,
            Value.Create(input.Type, input.Shape[0], outputs, rows, columns),
            Value.Create(ElementType.Float, shape.Places * shape.PatchSize),
            Value.Create(ElementType.Float, shape.Places * outputs),
            PackedMatrix.Of(weights.Numbers<float>(), shape.PatchSize, outputs, byOutput: true, bias),
            shape);
    }

    public static Operation TransposedOf(OnnxNode node, IReadOnlyList<Value> inputs)
    {
        var (input, weights, bias) = Operands(node, inputs);
        var (height, width) = (weights.Shape[2], weights.Shape[3]);
        var (stride, pads, more) = (Pair(node, "strides"), Pads(node), Pair(node, "output_padding", 0));
        var (channels, outputs) = (input.Shape[1], weights.Shape[1]);
        if (weights.Shape[0] != channels)
            throw Misfit();
        // The picture that a convolution of these sizes would read.
        var shape = new ConvolutionShape(
            outputs,
            (input.Shape[2] - 1) * stride.Down + height + more.Down - pads[0] - pads[2],
            (input.Shape[3] - 1) * stride.Right + width + more.Right - pads[1] - pads[3],
            input.Shape[2], input.Shape[3], (height, width), stride, (pads[0], pads[1]));
        return new TransposedConvolution(
            input,
            Value.Create(input.Type, input.Shape[0], outputs, shape.Height, shape.Width),
            Value.Create(ElementType.Float, shape.Places * channels),
            Value.Create(ElementType.Float, shape.Places * shape.PatchSize),
            PackedMatrix.Of(weights.Numbers<float>(), channels, shape.PatchSize, byOutput: false, []),
            bias.ToArray(),
            shape);
    }

    private static (Value Input, Value Weights, float[] Bias) Operands(OnnxNode node, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count < 2 || inputs[0].Shape.Length != 4 || inputs[1].Shape.Length != 4 || !inputs[1].IsConstant
            || inputs[0].Storage.IsDouble || inputs[1].Storage.IsDouble || node.Integer("group", 1) != 1
            || node.Integers("dilations")?.Any(each => each != 1) == true)
        {
            throw Misfit();
        }

        var outputs = inputs[1].Shape[node.Operator == "Conv" ? 0 : 1];
        var bias = inputs.Count > 2 ? inputs[2].Numbers<float>().ToArray() : new float[outputs];
        return bias.Length == outputs ? (inputs[0], inputs[1], bias) : throw Misfit();
    }

    private static (int Down, int Right) Pair(OnnxNode node, string name, int otherwise = 1) => node.Integers(name) switch
    {
        null => (otherwise, otherwise),
        [var down, var right] => (checked((int)down), checked((int)right)),
        _ => throw Misfit(),
    };

    private static int[] Pads(OnnxNode node) => node.Integers("pads") switch
    {
        null => new int[4],
        { Count: 4 } pads => [.. pads.Select(each => checked((int)each))],
        _ => throw Misfit(),
    };

    private static InvalidDataException Misfit() => new("the operands of a convolution are none that this version runs");
}
