namespace Elbo.Story;

/// <summary>The digits in the page, grey and labelled.</summary>
/// <param name="Images">Grey values 0 to 255, one image after another.</param>
/// <param name="Labels">The label of each.</param>
/// <param name="Pixels">The number of pixels of an image.</param>
internal sealed record StoryDigits(byte[] Images, byte[] Labels, int Pixels)
{
    /// <summary>How many digits of MNIST the page has.</summary>
    public const int DefaultCount = 1000;

    // From half of full brightness on a pixel is a one.
    private const int Threshold = 128;

    /// <summary>How many there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The first images of a set.</summary>
    /// <param name="examples">Labelled grey images.</param>
    /// <param name="count">How many are taken at most.</param>
    public static StoryDigits Of(ExampleSet examples, int count = DefaultCount)
    {
        int[] rows = [.. Enumerable.Range(0, Math.Min(count, examples.Count))];
        var values = new float[rows.Length * examples.Shape.Size];
        examples.Read(rows, values);
        return new StoryDigits(
            [.. values.Select(value => (byte)MathF.Round(value * byte.MaxValue))],
            [.. rows.Select(row => (byte)(examples.HasLabels ? examples.Labels.Span[row] : 0))],
            examples.Shape.Size);
    }

    /// <summary>The first digit of each label, in the order of the labels.</summary>
    public IReadOnlyList<int> FirstOfEachLabel() => [.. Labels.Distinct().Order().Select(label => Array.IndexOf(Labels, label))];

    /// <summary>An image with every pixel 0 or 1.</summary>
    public double[] Binary(int index) =>
        [.. Images.AsSpan(index * Pixels, Pixels).ToArray().Select(value => value >= Threshold ? 1d : 0)];

    /// <summary>An image with grey values from 0 to 1.</summary>
    public double[] Grey(int index) => [.. Images.AsSpan(index * Pixels, Pixels).ToArray().Select(value => value / (double)byte.MaxValue)];

    /// <summary>The names of their packs begin so.</summary>
    public const string PackName = "digits";

    /// <summary>The names of their packs.</summary>
    public static IReadOnlyList<string> PackNames { get; } = [PackName, $"{PackName}-grey", $"{PackName}-mean"];

    /// <summary>
    /// Their packs: the white pixels with the labels, which weigh a fifth of the grey values and are all that most scenes need; the grey
    /// values; and the mean of all of them.
    /// </summary>
    /// <param name="source">Where they are from.</param>
    public IReadOnlyList<Pack> ToPacks(string source = "MNIST, test images")
    {
        var metadata = new Dictionary<string, string> { ["source"] = source };
        byte[] white = [.. Images.Select(value => (byte)(value >= Threshold ? 1 : 0))];
        float[] mean =
        [
            .. Enumerable.Range(0, Pixels).Select(pixel =>
                (float)(Enumerable.Range(0, Count).Sum(index => (long)Images[index * Pixels + pixel]) / (double)(Count * byte.MaxValue))),
        ];
        return
        [
            new Pack(
                PackName, [PackTensor.OfBytes("white", white, Count, Pixels), PackTensor.OfBytes("labels", Labels, Count)], metadata),
            new Pack(PackNames[1], [PackTensor.OfBytes("images", Images, Count, Pixels)], metadata),
            new Pack(PackNames[2], [PackTensor.OfFloats("mean", mean, Pixels)], metadata),
        ];
    }
}
