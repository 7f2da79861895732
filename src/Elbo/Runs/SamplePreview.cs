namespace Elbo;

/// <summary>
/// The page of samples drawn after each epoch, always from the same noise, so that the pages of a run are comparable. A model that is not
/// conditioned on labels alone draws a row each at the conditions of the same few examples.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="examples">Examples of which the first are taken.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="binarize">How the model sees pixels.</param>
internal sealed class SamplePreview(GenerativeModel model, ExampleSet examples, ulong seed, Binarization binarize)
{
    private const int Columns = 10;
    private const int Rows = 8;

    private readonly ExampleSet _examples = examples.Subset([.. Enumerable.Range(0, Math.Min(Rows, examples.Count))]);
    private readonly ulong _noise = RandomStream.Derive(seed, RandomPurpose.Preview);

    public void Save(string path)
    {
        if (model.Shape.Image is { Channels: 1 or 3 })
            ImageGrid.Save(path, Draw(), Columns);
    }

    private ExampleValues Draw() => model.Condition switch
    {
        null => model.Sample(Columns * Rows, seed: _noise),
        LabelCondition => model.Sample(Columns, seed: _noise),
        _ => model.Sample(Columns, _examples, _noise, binarize: binarize),
    };
}
