namespace Elbo.Inference;

/// <summary>A part of the last dimension.</summary>
internal sealed class Columns<T>(Value input, Value output, int start) : Operation([input], output)
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<T>(input.Storage, rows);
        var part = workspace.Of<T>(Output.Storage, rows);
        for (var (from, to) = (start, 0); to < part.Length; (from, to) = (from + input.Width, to + Output.Width))
            source.Slice(from, Output.Width).CopyTo(part[to..]);
    }
}

/// <summary>Values side by side, in the last dimension.</summary>
internal sealed class Concatenation<T>(IReadOnlyList<Value> inputs, Value output) : Operation(inputs, output)
{
    public override void Run(Workspace workspace, int rows)
    {
        var result = workspace.Of<T>(Output.Storage, rows);
        var place = 0;
        for (var i = 0; i < Inputs.Count; i++)
        {
            var source = workspace.Of<T>(Inputs[i].Storage, rows);
            var width = Inputs[i].Width;
            for (var (from, to) = (0, place); from < source.Length; (from, to) = (from + width, to + Output.Width))
                source.Slice(from, width).CopyTo(result[to..]);
            place += width;
        }
    }
}

/// <summary>For each column of <c>[..., rows, columns]</c> the number in a row of its own; NaN where there is no such row.</summary>
internal sealed class Gathering(Value input, Value indices, Value output) : Operation([input, indices], output)
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<float>(input.Storage, rows);
        var places = workspace.Of<double>(indices.Storage, rows);
        var result = workspace.Of<float>(Output.Storage, rows);
        var (height, width) = (input.Shape[^2], input.Width);
        for (var i = 0; i < result.Length; i++)
        {
            var (block, column) = (i / width, i % width);
            var row = places[i];
            result[i] = row >= 0 && row < height ? source[(block * height + (int)row) * width + column] : float.NaN;
        }
    }
}

/// <summary>The sums of the numbers up to each one, in the last dimension.</summary>
internal sealed class RunningSum<T>(Value input, Value output) : Operation([input], output)
    where T : struct, System.Numerics.IFloatingPointIeee754<T>
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<T>(input.Storage, rows);
        var sums = workspace.Of<T>(Output.Storage, rows);
        for (var i = 0; i < source.Length; i++)
            sums[i] = i % input.Width == 0 ? source[i] : sums[i - 1] + source[i];
    }
}
