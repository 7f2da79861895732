namespace Elbo;

/// <summary>
/// A tensor in a computation graph: not its numbers, but where they come from. Operators and methods add operations to the graph, whose
/// results are such values again. Shapes are known but for the batch, which is -1; dimensions of size 1 are repeated as in NumPy.
/// </summary>
public sealed partial class GraphValue
{
    internal GraphValue(GraphBuilder graph, string name, GraphType type, IReadOnlyList<long> shape) =>
        (Graph, Name, Type, Shape) = (graph, name, type, [.. shape]);

    /// <summary>The graph it belongs to.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>Its name in the graph.</summary>
    public string Name { get; }

    /// <summary>The type of its numbers.</summary>
    public GraphType Type { get; }

    /// <summary>Its shape; -1 for the batch.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The last dimension: the numbers of a row.</summary>
    public long Width => Shape[^1];

    /// <summary>The sum.</summary>
    public static GraphValue operator +(GraphValue left, GraphValue right) => Combine("Add", left, right);

    /// <summary>The sum.</summary>
    public static GraphValue operator +(GraphValue left, double right) => left + Number(left, right);

    /// <summary>The difference.</summary>
    public static GraphValue operator -(GraphValue left, GraphValue right) => Combine("Sub", left, right);

    /// <summary>The difference.</summary>
    public static GraphValue operator -(GraphValue left, double right) => left - Number(left, right);

    /// <summary>The difference.</summary>
    public static GraphValue operator -(double left, GraphValue right) => Number(right, left) - right;

    /// <summary>The negative.</summary>
    public static GraphValue operator -(GraphValue value) => Each(value, "Neg");

    /// <summary>The product, number by number.</summary>
    public static GraphValue operator *(GraphValue left, GraphValue right) => Combine("Mul", left, right);

    /// <summary>The product.</summary>
    public static GraphValue operator *(GraphValue left, double right) => left * Number(left, right);

    /// <summary>The quotient, number by number.</summary>
    public static GraphValue operator /(GraphValue left, GraphValue right) => Combine("Div", left, right);

    /// <summary>The quotient.</summary>
    public static GraphValue operator /(GraphValue left, double right) => left / Number(left, right);

    /// <summary>The quotient.</summary>
    public static GraphValue operator /(double left, GraphValue right) => Number(right, left) / right;

    /// <summary>The name, type and shape.</summary>
    public override string ToString() => $"{Name}: {Type} [{string.Join(", ", Shape)}]";

    private static GraphValue Number(GraphValue like, double value)
    {
        ArgumentNullException.ThrowIfNull(like);
        return like.Graph.Number(value, like.Type);
    }

    private static GraphValue Each(GraphValue value, string name, params IReadOnlyList<(string Name, object Value)> attributes)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Graph.Apply(name, value.Type, value.Shape, [value], attributes);
    }

    private static GraphValue Combine(string name, GraphValue left, GraphValue right, GraphType? type = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Type != right.Type)
            throw new ArgumentException($"{name} of {left} and {right}: the types differ.", nameof(right));
        return left.Graph.Apply(name, type ?? left.Type, Broadcast(name, left, right), [left, right]);
    }

    private static long[] Broadcast(string name, params ReadOnlySpan<GraphValue> values)
    {
        var rank = 0;
        foreach (var value in values)
            rank = Math.Max(rank, value.Shape.Count);
        var shape = new long[rank];
        Array.Fill(shape, 1);
        foreach (var value in values)
        {
            var offset = rank - value.Shape.Count;
            for (var i = 0; i < value.Shape.Count; i++)
            {
                var (known, size) = (shape[offset + i], value.Shape[i]);
                if (known != 1 && size != 1 && known != size)
                    throw new ArgumentException($"{name}: {value} does not fit [{string.Join(", ", shape)}].", nameof(values));
                shape[offset + i] = known == 1 ? size : known;
            }
        }

        return shape;
    }
}
