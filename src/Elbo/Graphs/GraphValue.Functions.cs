namespace Elbo;

/// <content>The functions of values.</content>
public sealed partial class GraphValue
{
    /// <summary>e to the power of each number.</summary>
    public GraphValue Exp() => Each(this, "Exp");

    /// <summary>The natural logarithm.</summary>
    public GraphValue Log() => Each(this, "Log");

    /// <summary>The hyperbolic tangent.</summary>
    public GraphValue Tanh() => Each(this, "Tanh");

    /// <summary>The hyperbolic sine.</summary>
    public GraphValue Sinh() => Each(this, "Sinh");

    /// <summary>1 / (1 + exp(-x)).</summary>
    public GraphValue Sigmoid() => Each(this, "Sigmoid");

    /// <summary>The error function.</summary>
    public GraphValue Erf() => Each(this, "Erf");

    /// <summary>max(0, x).</summary>
    public GraphValue Relu() => Each(this, "Relu");

    /// <summary>max(slope · x, x).</summary>
    /// <param name="slope">The slope below 0.</param>
    public GraphValue LeakyRelu(double slope) => Each(this, "LeakyRelu", ("alpha", (float)slope));

    /// <summary>x, or exp(x) - 1 below 0.</summary>
    public GraphValue Elu() => Each(this, "Elu", ("alpha", 1f));

    /// <summary>|x|.</summary>
    public GraphValue Abs() => Each(this, "Abs");

    /// <summary>x².</summary>
    public GraphValue Squared() => this * this;

    /// <summary>The nearest integer, a half to the even one.</summary>
    public GraphValue Round() => Each(this, "Round");

    /// <summary>
    /// log(1 + exp(x)) = max(0, x) + log(1 + e) with e = exp(-|x|), and log(1 + e) = 2 artanh(e / (2 + e)): exact far below 0 too, where
    /// ONNX Runtime's own operator rounds 1 + e to 1.
    /// </summary>
    public GraphValue Softplus()
    {
        var e = (-Abs()).Exp();
        return Relu() + Each(e / (e + 2), "Atanh") * 2;
    }

    /// <summary>log(1 / (1 + exp(-x))).</summary>
    public GraphValue LogSigmoid() => -(-this).Softplus();

    /// <summary>The polynomial with given coefficients, the constant one first, by Horner's rule.</summary>
    /// <param name="coefficients">At least two.</param>
    public GraphValue Polynomial(IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        var sum = this * coefficients[^1] + coefficients[^2];
        for (var i = coefficients.Count - 3; i >= 0; i--)
            sum = sum * this + coefficients[i];
        return sum;
    }

    /// <summary>Each number within bounds.</summary>
    /// <param name="min">The least.</param>
    /// <param name="max">The greatest.</param>
    public GraphValue Clip(double min, double max) => Graph.Apply("Clip", Type, Shape, [this, Number(this, min), Number(this, max)]);

    /// <summary>The same numbers in another type.</summary>
    /// <param name="type">The type.</param>
    public GraphValue To(GraphType type) => type == Type ? this : Graph.Apply("Cast", type, Shape, [this], ("to", (long)type));

    /// <summary>Whether each number is above a bound.</summary>
    /// <param name="bound">The bound.</param>
    public GraphValue IsAbove(double bound) => Combine("Greater", this, Number(this, bound), GraphType.Boolean);

    /// <summary>Whether each number is a bound or above it.</summary>
    /// <param name="bound">The bound.</param>
    public GraphValue IsAtLeast(double bound) => Combine("GreaterOrEqual", this, Number(this, bound), GraphType.Boolean);

    /// <summary>Whether each number equals another.</summary>
    /// <param name="other">The other numbers.</param>
    public GraphValue IsEqualTo(GraphValue other) => Combine("Equal", this, other, GraphType.Boolean);

    /// <summary>Numbers of one value where these are true, and of another where they are false.</summary>
    /// <param name="then">Where true.</param>
    /// <param name="otherwise">Where false.</param>
    public GraphValue Select(GraphValue then, GraphValue otherwise)
    {
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(otherwise);
        return Graph.Apply("Where", then.Type, Broadcast("Where", this, then, otherwise), [this, then, otherwise]);
    }

    /// <summary>The sum over one dimension.</summary>
    /// <param name="axis">The dimension, from the last one as -1.</param>
    /// <param name="keep">Whether the dimension stays, of size 1.</param>
    public GraphValue Sum(int axis = -1, bool keep = false) => Graph.Apply(
        "ReduceSum", Type, Reduced(axis, keep), [this, Graph.Constant([(long)axis], 1)], ("keepdims", keep ? 1L : 0L));

    /// <summary>The sum of the numbers up to each one, in the last dimension.</summary>
    public GraphValue RunningSum() => Graph.Apply("CumSum", Type, Shape, [this, Graph.Constant([-1L])]);

    /// <summary>log Σ exp over one dimension.</summary>
    /// <param name="axis">The dimension, from the last one as -1.</param>
    public GraphValue LogSumExp(int axis = -1) => Graph.Apply(
        "ReduceLogSumExp", Type, Reduced(axis, keep: false), [this], ("axes", new long[] { axis }), ("keepdims", 0L));

    /// <summary>exp(x) / Σ exp(x) over one dimension.</summary>
    /// <param name="axis">The dimension, from the last one as -1.</param>
    public GraphValue Softmax(int axis) => Each(this, "Softmax", ("axis", (long)axis));

    /// <summary>x - log Σ exp(x) over one dimension.</summary>
    /// <param name="axis">The dimension, from the last one as -1.</param>
    public GraphValue LogSoftmax(int axis) => Each(this, "LogSoftmax", ("axis", (long)axis));

    /// <summary>
    /// For each column the number in a row of its own: <c>[batch, rows, columns]</c> at int64 <c>[batch, 1, columns]</c>.
    /// </summary>
    /// <param name="rows">The rows.</param>
    public GraphValue At(GraphValue rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Graph.Apply("GatherElements", Type, rows.Shape, [this, rows], ("axis", -2L));
    }

    /// <summary>The same numbers in another shape.</summary>
    /// <param name="shape">The shape; -1 for the batch.</param>
    public GraphValue Reshape(params IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!Shape.Contains(-1))
        {
            var others = shape.Where(size => size >= 0).Aggregate(1L, (count, size) => count * size);
            shape = [.. shape.Select(size => size < 0 ? Shape.Aggregate(1L, (count, each) => count * each) / others : size)];
        }

        return Graph.Apply("Reshape", Type, shape, [this, Graph.Constant([.. shape], shape.Count)]);
    }

    /// <summary>The numbers of each example in one row, <c>[batch, values]</c>.</summary>
    public GraphValue Flatten() => Reshape(Shape[0], Shape.Skip(1).Aggregate(1L, (count, size) => count * size));

    /// <summary>A part of the last dimension.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    public GraphValue Columns(long start, long count) => start == 0 && count == Width
        ? this
        : Graph.Apply(
            "Slice", Type, [.. Shape.SkipLast(1), count],
            [this, Graph.Constant([start], 1), Graph.Constant([start + count], 1), Graph.Constant([-1L], 1)]);

    /// <summary>This and another side by side.</summary>
    /// <param name="other">What follows; null for nothing.</param>
    public GraphValue Beside(GraphValue? other) =>
        other is null || other.Width == 0 ? this
        : Width == 0 ? other
        : Graph.Apply("Concat", Type, [.. Shape.SkipLast(1), Width + other.Width], [this, other], ("axis", -1L));

    /// <summary>x · Wᵀ + b, of a weight <c>[outputs, inputs]</c> and a bias <c>[outputs]</c>.</summary>
    /// <param name="weight">W.</param>
    /// <param name="bias">b.</param>
    /// <exception cref="ArgumentException">The weight is for inputs of another size.</exception>
    public GraphValue Linear(GraphValue weight, GraphValue bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        if (weight.Width != Width)
            throw new ArgumentException($"The weight {weight} does not fit {this}.", nameof(weight));
        return Graph.Apply("Gemm", Type, [Shape[0], weight.Shape[0]], [this, weight, bias], ("transB", 1L));
    }

    /// <summary>x · M, of a matrix <c>[inputs, outputs]</c>.</summary>
    /// <param name="matrix">M.</param>
    /// <exception cref="ArgumentException">The matrix is for inputs of another size.</exception>
    public GraphValue Product(GraphValue matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return matrix.Shape[0] == Width
            ? Graph.Apply("MatMul", Type, [Shape[0], matrix.Width], [this, matrix])
            : throw new ArgumentException($"The matrix {matrix} does not fit {this}.", nameof(matrix));
    }

    private long[] Reduced(int axis, bool keep)
    {
        var shape = Shape.ToList();
        if (keep)
            shape[axis < 0 ? shape.Count + axis : axis] = 1;
        else
            shape.RemoveAt(axis < 0 ? shape.Count + axis : axis);
        return [.. shape];
    }
}
