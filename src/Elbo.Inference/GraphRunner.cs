namespace Elbo.Inference;

/// <summary>A graph of a model, ready to run on batches of any size.</summary>
internal sealed class GraphRunner
{
    private readonly Plan _plan;
    private readonly InputBinding[] _inputs;

    private GraphRunner(Plan plan, InputBinding[] inputs) => (_plan, _inputs) = (plan, inputs);

    /// <summary>Whether the graph has an input.</summary>
    public bool Takes(InputKind kind) => Array.Exists(_inputs, input => input.Kind == kind);

    /// <summary>Whether the graph has an output of a name.</summary>
    public bool Gives(string name)
    {
        for (var i = 0; i < _plan.Outputs.Count; i++)
        {
            if (_plan.Outputs[i].Name == name)
                return true;
        }

        return false;
    }

    /// <summary>Opens a graph.</summary>
    /// <param name="files">The files of the model.</param>
    /// <param name="path">The file among them.</param>
    /// <param name="outputs">The outputs that are wanted, of those that it has.</param>
    /// <param name="weightsPath">The file with the weights that the graph only names; null where it has them.</param>
    /// <exception cref="InvalidDataException">A file is none that can be run.</exception>
    public static GraphRunner Open(ModelFiles files, string path, IReadOnlyList<string> outputs, string? weightsPath)
    {
        var name = files.Describe(path);
        var graph = OnnxReader.Read(files.Read(path), name);
        try
        {
            var weights = weightsPath is null ? null : new Weights(files.Read(weightsPath), files.Describe(weightsPath));
            var wanted = outputs.Where(name => graph.Outputs.Any(output => output.Name == name)).ToList();
            var plan = PlanBuilder.Build(graph, wanted, weights);
            return new(plan, [.. plan.Inputs.Select(input => InputBinding.Of(input.Name, input.Value))]);
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException or IndexOutOfRangeException
            or ArgumentException)
        {
            throw new InvalidDataException($"{name} cannot be run: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    /// <summary>The number of examples, which is that of every input.</summary>
    /// <param name="inputs">What is asked.</param>
    /// <param name="otherwise">The number where the graph has no input.</param>
    /// <exception cref="ArgumentException">Inputs are missing, or of several numbers of examples.</exception>
    public int Count(in ModelInputs inputs, int otherwise)
    {
        var count = -1;
        foreach (var input in _inputs)
        {
            var own = input.Count(inputs);
            if (count >= 0 && own != count)
                throw new ArgumentException($"The inputs are of {count} and of {own} examples.", nameof(inputs));
            count = own;
        }

        return count < 0 ? otherwise : count;
    }

    /// <summary>Computes outputs.</summary>
    /// <param name="inputs">What is asked, of <paramref name="count"/> examples.</param>
    /// <param name="count">The number of examples.</param>
    /// <param name="first">Receives the first output, <c>[batch, numbers]</c>; empty for nothing.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    public void Run(in ModelInputs inputs, int count, Span<float> first, Span<float> second = default, Span<float> third = default)
    {
        var workspace = _plan.Rent(count);
        try
        {
            for (var start = 0; start < count; start += _plan.RowsAtOnce)
            {
                var rows = Math.Min(_plan.RowsAtOnce, count - start);
                foreach (var input in _inputs)
                    input.Fill(inputs, start, rows, workspace);
                _plan.Run(workspace, rows);
                Copy(workspace, 0, start, rows, first);
                Copy(workspace, 1, start, rows, second);
                Copy(workspace, 2, start, rows, third);
            }
        }
        finally
        {
            _plan.Return(workspace);
        }
    }

    private void Copy(Workspace workspace, int output, int start, int rows, Span<float> destination)
    {
        if (destination.IsEmpty || output >= _plan.Outputs.Count)
            return;
        var storage = _plan.Outputs[output].Value.Storage;
        var numbers = workspace.Of<float>(storage, rows);
        // What is the same for every example is there once.
        var width = storage.HasBatch ? storage.RowSize : numbers.Length;
        for (var i = 0; i < (storage.HasBatch ? 1 : rows); i++)
            numbers.CopyTo(destination[((start + i) * width)..]);
    }
}
