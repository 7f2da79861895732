namespace Elbo.Inference;

/// <summary>
/// A graph, ready to run: its operations in their order, constants computed, and a place for each value. Any number of threads may run it
/// at the same time; a run allocates nothing once there is a workspace of its size.
/// </summary>
internal sealed class Plan
{
    // A batch goes through the operations in parts, whose intermediate results stay close to the processor.
    private const int MaxRows = 64;
    private const int MaxPartBytes = 1 << 22;

    private readonly Operation[] _operations;
    private readonly IReadOnlyList<Slot> _slots;
    private readonly Stack<Workspace> _idle = new();

    internal Plan(
        IReadOnlyList<(string Name, Value Value)> inputs,
        IReadOnlyList<(string Name, Value Value)> outputs,
        IReadOnlyList<Operation> operations,
        IReadOnlyList<Slot> slots)
    {
        (Inputs, Outputs, _operations, _slots) = (inputs, outputs, [.. operations], slots);
        var rowBytes = slots.Where(slot => slot.HasBatch)
            .Sum(slot => (long)slot.RowSize * (slot.IsDouble ? sizeof(double) : sizeof(float)));
        RowsAtOnce = (int)Math.Clamp(MaxPartBytes / Math.Max(1, rowBytes), 1, MaxRows);
    }

    public IReadOnlyList<(string Name, Value Value)> Inputs { get; }

    public IReadOnlyList<(string Name, Value Value)> Outputs { get; }

    /// <summary>The most examples of one run.</summary>
    public int RowsAtOnce { get; }

    /// <summary>Memory for runs of up to <see cref="RowsAtOnce"/> examples, to be given back.</summary>
    public Workspace Rent(int rows)
    {
        Workspace? workspace;
        lock (_idle)
            _idle.TryPop(out workspace);
        workspace ??= new Workspace(_slots);
        workspace.Reserve(Math.Min(rows, RowsAtOnce));
        return workspace;
    }

    public void Return(Workspace workspace)
    {
        lock (_idle)
            _idle.Push(workspace);
    }

    /// <summary>Computes the outputs from the inputs in a workspace.</summary>
    public void Run(Workspace workspace, int rows)
    {
        foreach (var operation in _operations)
            operation.Run(workspace, rows);
    }
}
