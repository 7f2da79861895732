namespace Elbo;

/// <summary>The page of samples that a run draws after each epoch, always from the same noise, so that pages of a run compare.</summary>
/// <param name="model">The model.</param>
/// <param name="data">Examples that lend their conditions, for a model conditioned on more than a label.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class SamplePreview(LatentVariableModel model, ImageDataset data, ulong seed)
{
    private const int Columns = 10;
    private const int Rows = 8;

    private readonly ulong _noise = RandomStream.Derive(seed, RandomPurpose.Preview);

    public void Save(string path)
    {
        if (model.Shape.Channels is 1 or 3)
            ImageGrid.Save(path, Draw(), Columns);
    }

    private Images Draw()
    {
        if (model.Condition is null or LabelCondition)
            return model.Sample(model.Condition is null ? Columns * Rows : Columns, seed: _noise);
        // A row for each of the first examples: itself, then what the model makes of its condition.
        var examples = data.Subset([.. Enumerable.Range(0, Math.Min(Rows, data.Count))]);
        var originals = Images.FromBytes(examples.Shape, examples.Pixels.Span);
        var drawn = model.Complete(examples, Columns - 1, _noise);
        return Images.Concatenate([.. Enumerable.Range(0, examples.Count).SelectMany(row => new[]
        {
            originals.Slice(row, 1), drawn.Slice(row * (Columns - 1), Columns - 1),
        })]);
    }
}
