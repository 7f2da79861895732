using System.Globalization;
using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>
/// Collects the operations of a computation graph. Each part of a model describes its forward pass by operations on
/// <see cref="GraphValue"/>s, and the builder keeps them in their order. Operators are those of ONNX that opset 13 has. One graph is built
/// by one thread.
/// </summary>
public sealed class GraphBuilder
{
    private readonly List<GraphPort> _inputs = [];
    private readonly List<GraphPort> _outputs = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, GraphConstant> _constants = [];
    private readonly IReadOnlyDictionary<object, string> _names;

    /// <param name="name">The name of the graph.</param>
    /// <param name="names">The names of objects that become constants, such as parameters, by reference.</param>
    internal GraphBuilder(string name, IReadOnlyDictionary<object, string> names) => (Name, _names) = (name, names);

    /// <summary>The name of the graph.</summary>
    public string Name { get; }

    internal IReadOnlyList<GraphPort> Inputs => _inputs;

    internal IReadOnlyList<GraphPort> Outputs => _outputs;

    internal IReadOnlyList<GraphNode> Nodes => _nodes;

    internal IReadOnlyCollection<GraphConstant> Constants => _constants.Values;

    /// <summary>A constant tensor of float32.</summary>
    /// <param name="values">Its numbers, in the order of rows.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The constant; the same object where there is one of the same content.</returns>
    /// <exception cref="ArgumentException">The numbers are not as many as the shape has.</exception>
    public GraphValue Constant(ReadOnlySpan<float> values, params IReadOnlyList<long> shape) =>
        Constant(null, GraphType.Float, MemoryMarshal.AsBytes(values), sizeof(float), shape);

    /// <summary>A constant tensor of float64.</summary>
    /// <inheritdoc cref="Constant(ReadOnlySpan{float}, IReadOnlyList{long})"/>
    public GraphValue Constant(ReadOnlySpan<double> values, params IReadOnlyList<long> shape) =>
        Constant(null, GraphType.Double, MemoryMarshal.AsBytes(values), sizeof(double), shape);

    /// <summary>A constant tensor of int64.</summary>
    /// <inheritdoc cref="Constant(ReadOnlySpan{float}, IReadOnlyList{long})"/>
    public GraphValue Constant(ReadOnlySpan<long> values, params IReadOnlyList<long> shape) =>
        Constant(null, GraphType.Int64, MemoryMarshal.AsBytes(values), sizeof(long), shape);

    /// <summary>A number that a formula contains, in a type.</summary>
    /// <param name="value">The number.</param>
    /// <param name="type">float32, float64 or int64.</param>
    /// <returns>A constant without dimensions.</returns>
    public GraphValue Number(double value, GraphType type = GraphType.Float) => type switch
    {
        GraphType.Float => Constant([(float)value]),
        GraphType.Double => Constant([value]),
        GraphType.Int64 => Constant([(long)value]),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A number of a formula is float32, float64 or int64."),
    };

    /// <summary>Applies an operator of ONNX, for what <see cref="GraphValue"/> has no method for.</summary>
    /// <param name="name">The operator, such as <c>Erf</c>; it must be one of opset 13.</param>
    /// <param name="type">The type of its result.</param>
    /// <param name="shape">The shape of its result; -1 for the batch.</param>
    /// <param name="inputs">What it is applied to, values of this graph.</param>
    /// <param name="attributes">Its attributes: float, long, or a list of long.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An input belongs to another graph.</exception>
    public GraphValue Apply(
        string name,
        GraphType type,
        IReadOnlyList<long> shape,
        IReadOnlyList<GraphValue> inputs,
        params IReadOnlyList<(string Name, object Value)> attributes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.FirstOrDefault(input => input.Graph != this) is { } foreign)
            throw new ArgumentException($"The value {foreign.Name} belongs to the graph '{foreign.Graph.Name}'.", nameof(inputs));
        var output = new GraphValue(this, $"{name.ToLowerInvariant()}_{_nodes.Count}", type, shape);
        _nodes.Add(new GraphNode(name, [.. inputs.Select(input => input.Name)], output.Name, attributes));
        return output;
    }

    /// <summary>A constant that is an object of the model, such as a parameter: it is named after it.</summary>
    internal GraphValue Constant(object source, GraphType type, ReadOnlySpan<byte> bytes, IReadOnlyList<long> shape) =>
        Constant(_names.GetValueOrDefault(source), type, bytes, type == GraphType.Float ? sizeof(float) : sizeof(double), shape);

    internal GraphValue Input(string name, GraphType type, string meaning, params IReadOnlyList<long> shape)
    {
        // Two parts of a joined condition may need the same input.
        if (_inputs.FirstOrDefault(input => input.Value.Name == name) is { } existing)
            return existing.Value;
        var value = new GraphValue(this, name, type, shape);
        _inputs.Add(new GraphPort(value, meaning));
        return value;
    }

    internal void Output(string name, GraphValue value, string meaning)
    {
        var named = new GraphValue(this, name, value.Type, value.Shape);
        _nodes.Add(new GraphNode("Identity", [value.Name], name, []));
        _outputs.Add(new GraphPort(named, meaning));
    }

    private GraphValue Constant(string? name, GraphType type, ReadOnlySpan<byte> bytes, int size, IReadOnlyList<long> shape)
    {
        if (shape.Aggregate(1L, (count, each) => count * each) * size != bytes.Length)
            throw new ArgumentException($"{bytes.Length / size} numbers do not make a [{string.Join(", ", shape)}].", nameof(shape));
        var isWeight = name is not null;
        // Numbers of formulas occur many times.
        name ??= bytes.Length <= sizeof(double)
            ? $"{type.ToString().ToLowerInvariant()}_{Convert.ToHexString(bytes)}_{string.Join('x', shape)}"
            : string.Create(CultureInfo.InvariantCulture, $"constant_{_constants.Count}");
        if (!_constants.TryGetValue(name, out var constant))
            _constants.Add(name, constant = new GraphConstant(new GraphValue(this, name, type, shape), bytes.ToArray(), isWeight));
        return constant.Value;
    }
}
