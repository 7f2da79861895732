namespace Elbo.Inference;

/// <summary>An operation of a plan: it computes one value from others.</summary>
/// <param name="inputs">What it reads.</param>
/// <param name="output">What it writes.</param>
internal abstract class Operation(IReadOnlyList<Value> inputs, Value output)
{
    public IReadOnlyList<Value> Inputs => inputs;

    public Value Output => output;

    /// <summary>Whether the output may take the memory of an input of the same size that nothing reads later.</summary>
    public virtual bool WorksInPlace => false;

    /// <summary>Computes the output for a number of examples. Any number of threads may, each with a workspace of its own.</summary>
    public abstract void Run(Workspace workspace, int rows);
}
