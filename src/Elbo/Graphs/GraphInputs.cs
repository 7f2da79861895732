namespace Elbo;

/// <summary>
/// The inputs of a graph that a condition takes its features from: it asks for those it needs, and the graph then has them.
/// </summary>
public sealed class GraphInputs
{
    private readonly GraphValue? _values;
    private readonly Func<GraphBuilder, string, string, GraphValue> _createValues;

    /// <param name="graph">The graph.</param>
    /// <param name="values">The values x as the model sees them, <c>[batch, values]</c>; null in a graph without x.</param>
    /// <param name="createValues">Makes an input of values of a name and meaning, as the model sees them.</param>
    internal GraphInputs(GraphBuilder graph, GraphValue? values, Func<GraphBuilder, string, string, GraphValue> createValues) =>
        (Graph, _values, _createValues) = (graph, values, createValues);

    /// <summary>The graph.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>The input <c>label</c>: int64, <c>[batch]</c>.</summary>
    public GraphValue Labels() => Graph.Input("label", GraphType.Int64, "the label of each example", -1);

    /// <summary>The input <c>attributes</c>: float64, <c>[batch, count]</c>, in the units of the data.</summary>
    /// <param name="count">The number of attributes.</param>
    public GraphValue Attributes(int count) =>
        Graph.Input("attributes", GraphType.Double, "the attributes of each example, in the units of the data", -1, count);

    /// <summary>
    /// The values of which a part is visible: x itself where the graph has it, else the input <c>visible</c>, whose hidden part is not
    /// read; as the model sees them, <c>[batch, values]</c>.
    /// </summary>
    public GraphValue Values() => _values ?? _createValues(Graph, "visible", "values whose visible part is the condition");
}
