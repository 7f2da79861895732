namespace Elbo;

/// <summary>The page of samples that a run draws after each epoch, always from the same noise, so that pages of a run compare.</summary>
internal static class SamplePreview
{
    private const int Columns = 10;
    private const int Rows = 8;

    public static void Save(string path, LatentVariableModel model, ulong seed)
    {
        if (!CanDraw(model))
            return;
        var noise = RandomStream.Derive(seed, RandomPurpose.Preview);
        var images = model.Sample(model.Condition is LabelCondition ? Columns : Columns * Rows, seed: noise);
        ImageGrid.Save(path, images, Columns);
    }

    private static bool CanDraw(LatentVariableModel model) => model.Shape.Channels is 1 or 3;
}
