using System.Runtime.InteropServices;

namespace Elbo.Inference;

/// <summary>Makes a <see cref="Plan"/> of a graph: what is constant is computed now, and what no output needs is left out.</summary>
internal sealed class PlanBuilder
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly List<Operation> _operations = [];
    private readonly List<Slot> _slots = [];

    /// <summary>The plan of some outputs of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="weights">The numbers of the constants that the graph only names.</param>
    /// <exception cref="InvalidDataException">The graph has an operator that is not known, or is no valid graph.</exception>
    public static Plan Build(OnnxGraph graph, IReadOnlyList<string> outputs, Weights? weights)
    {
        var builder = new PlanBuilder();
        foreach (var tensor in graph.Tensors)
            builder._values[tensor.Name] = Constant(tensor, weights);
        var inputs = graph.Inputs.Select(port => (port.Name, Value.Create(port.Type, port.Shape))).ToList();
        foreach (var (name, value) in inputs)
            builder._values[name] = value;
        foreach (var node in graph.Nodes)
            builder.Add(node);
        var results = outputs.Select(name => (name, builder.Find(name))).ToList();
        builder.KeepNeeded(results.Select(result => result.Item2.Storage));
        builder.Place(inputs.Select(input => input.Item2.Storage), results.Select(result => result.Item2.Storage));
        return new Plan(inputs, results, builder._operations, builder._slots);
    }

    private static Value Constant(OnnxTensor tensor, Weights? weights)
    {
        var value = Value.Create(tensor.Type, tensor.Shape);
        var data = tensor.Data;
        value.Storage.Constant = tensor.Type switch
        {
            ElementType.Float when data is null => weights?.Read(tensor.Name, tensor.Shape)
                ?? throw new InvalidDataException($"the numbers of '{tensor.Name}' are in no file of weights"),
            ElementType.Float => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            ElementType.Double => MemoryMarshal.Cast<byte, double>(data).ToArray(),
            ElementType.Int64 => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(data).ToArray(), number => (double)number),
            _ => Array.ConvertAll(data!, number => (float)number),
        };
        return value;
    }

    private void Add(OnnxNode node)
    {
        if (node.Outputs is not [var name])
            throw new InvalidDataException($"the operator {node.Operator} has several results");
        var (output, operation) = OperationFactory.Create(node, [.. node.Inputs.Select(Find)]);
        _values[name] = output;
        if (operation is null)
            return;
        if (operation.Inputs.All(input => input.IsConstant))
            Compute(operation);
        else
            _operations.Add(operation);
    }

    private Value Find(string name) =>
        _values.GetValueOrDefault(name) ?? throw new InvalidDataException($"the value '{name}' is used before it is made");

    private static void Compute(Operation operation)
    {
        foreach (var storage in ((operation as ScratchOperation)?.Scratch ?? []).Append(operation.Output).Select(value => value.Storage))
            storage.Constant = storage.IsDouble ? new double[storage.RowSize] : new float[storage.RowSize];
        operation.Run(new Workspace([]), 1);
    }

    private void KeepNeeded(IEnumerable<Storage> results)
    {
        var needed = results.ToHashSet();
        for (var i = _operations.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(_operations[i].Output.Storage))
                needed.UnionWith(_operations[i].Inputs.Select(input => input.Storage));
            else
                _operations.RemoveAt(i);
        }
    }

    // A value gets the memory of one that nothing reads any more.
    private void Place(IEnumerable<Storage> inputs, IEnumerable<Storage> results)
    {
        foreach (var (i, operation) in _operations.Index())
        {
            foreach (var input in operation.Inputs)
                input.Storage.LastUse = i;
        }

        foreach (var result in results)
            result.LastUse = int.MaxValue;
        var free = new List<int>();
        // Inputs are kept, so that what is computed from them may be computed again.
        foreach (var input in inputs)
            input.Slot = Take(input, []);
        var kept = inputs.ToHashSet();
        foreach (var (i, operation) in _operations.Index())
        {
            var ending = operation.Inputs.Select(input => input.Storage).Distinct()
                .Where(input => input.LastUse == i && input.Constant is null && !kept.Contains(input)).ToList();
            var output = operation.Output.Storage;
            var taken = operation.WorksInPlace ? ending.Find(output.HasSizeOf) : null;
            output.Slot = taken?.Slot ?? Take(output, free);
            var scratch = (operation as ScratchOperation)?.Scratch ?? [];
            foreach (var each in scratch)
                each.Storage.Slot = Take(each.Storage, free);
            free.AddRange(scratch.Select(each => each.Storage.Slot));
            free.AddRange(ending.Where(input => input != taken).Select(input => input.Slot));
        }
    }

    private int Take(Storage storage, List<int> free)
    {
        var place = free.FindIndex(slot => _slots[slot] == new Slot(storage.IsDouble, storage.HasBatch, storage.RowSize));
        if (place >= 0)
        {
            var slot = free[place];
            free.RemoveAt(place);
            return slot;
        }

        _slots.Add(new Slot(storage.IsDouble, storage.HasBatch, storage.RowSize));
        return _slots.Count - 1;
    }
}
