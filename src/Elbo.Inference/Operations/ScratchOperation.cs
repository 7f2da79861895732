namespace Elbo.Inference;

/// <summary>An operation with intermediate results of one example, which nothing else reads.</summary>
internal abstract class ScratchOperation(IReadOnlyList<Value> inputs, Value output, params IReadOnlyList<Value> scratch)
    : Operation(inputs, output)
{
    public IReadOnlyList<Value> Scratch => scratch;
}
