namespace Elbo.Inference;

/// <summary>x · W + b.</summary>
internal sealed class Product(Value input, Value output, PackedMatrix weights) : Operation([input], output)
{
    public override void Run(Workspace workspace, int rows)
    {
        var result = workspace.Of<float>(Output.Storage, rows);
        weights.Multiply(workspace.Of<float>(input.Storage, rows), result.Length / weights.Outputs, result);
    }
}

/// <summary>Products with a constant matrix: Gemm and MatMul.</summary>
internal static class Products
{
    /// <exception cref="InvalidDataException">The matrix is no constant, or does not fit.</exception>
    public static Operation Of(OnnxNode node, IReadOnlyList<Value> inputs)
    {
        var (input, matrix) = (inputs[0], inputs[1]);
        if (!matrix.IsConstant || matrix.Storage.IsDouble || matrix.Shape is not [var first, var second] || input.Shape.Length != 2
            || node.Integer("transA", 0) != 0 || node.Number("alpha", 1) != 1 || node.Number("beta", 1) != 1)
        {
            throw new InvalidDataException($"the operands of {node.Operator} are none that this version multiplies");
        }

        var byOutput = node.Integer("transB", 0) != 0;
        var (from, to) = byOutput ? (second, first) : (first, second);
        if (input.Storage.IsDouble || input.Width != from)
            throw new InvalidDataException($"a matrix for {from} numbers does not fit {input.Width}");
        ReadOnlySpan<float> bias = inputs.Count > 2 ? inputs[2].Numbers<float>() : [];
        if (bias.Length is not 0 && bias.Length != to)
            throw new InvalidDataException($"a bias of {bias.Length} numbers does not fit {to}");
        var packed = PackedMatrix.Of(matrix.Numbers<float>(), from, to, byOutput, bias);
        return new Product(input, Value.Create(input.Type, input.Shape[0], to), packed);
    }
}
