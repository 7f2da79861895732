namespace Elbo;

/// <summary>What a NumPy file holds, and where.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes of the dimensions; empty for a scalar.</param>
/// <param name="Start">Where the elements begin in the file.</param>
/// <param name="Length">How many bytes they are.</param>
internal sealed record NpyLayout(NpyType Type, IReadOnlyList<int> Shape, long Start, long Length);
