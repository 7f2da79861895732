namespace Elbo.Studio;

/// <summary>The images of MNIST that the studio shows. Each split is read when it is first needed.</summary>
internal sealed class MnistPictures
{
    private const int LabelCount = 10;
    private const int OfEachLabel = 40;
    private const int Practised = 200;

    private readonly Lazy<ImageDataset> _test = new(() => Mnist.LoadTest());
    private readonly Lazy<ImageDataset> _train = new(() => Mnist.LoadTrain());
    private readonly Lazy<int[]> _shownIndices;
    private readonly Lazy<ImageDataset> _shown;
    private readonly Lazy<ImageDataset> _practice;

    public MnistPictures()
    {
        _shownIndices = new(FindShown);
        _shown = new(() => Test.Subset(ShownIndices.ToArray()));
        _practice = new(() => _train.Value.Subset([.. Enumerable.Range(0, Practised)]));
    }

    /// <summary>The shape of every image.</summary>
    public static ImageShape Shape { get; } = new(1, 28, 28);

    /// <summary>The 10,000 test images.</summary>
    public ImageDataset Test => _test.Value;

    /// <summary>The test images whose codes are shown, the same everywhere: the first 40 of each label, in their own order.</summary>
    public ImageDataset Shown => _shown.Value;

    /// <summary>Where in the test images those are.</summary>
    public IReadOnlyList<int> ShownIndices => _shownIndices.Value;

    /// <summary>The first 200 training images: the batch on which a training is shown step by step.</summary>
    public ImageDataset Practice => _practice.Value;

    /// <summary>A chosen picture by itself. A drawing has no label.</summary>
    /// <exception cref="ConfigurationException">There is no such test image, or the drawing has another size.</exception>
    public ImageDataset Take(PictureChoice choice)
    {
        if (choice.Drawn is { } drawn)
        {
            return drawn.Length == Shape.Pixels ? new ImageDataset(Shape, drawn) : throw new ConfigurationException(
                $"A drawing has {drawn.Length} grey values, but the models are for images of {Shape}.");
        }

        return choice.Index is >= 0 and var index && index < Test.Count ? Test.Subset([index]) : throw new ConfigurationException(
            $"There is no test image {choice.Index}: choose one between 0 and {Test.Count - 1}.");
    }

    private int[] FindShown()
    {
        var labels = Test.Labels.Span;
        Span<int> taken = stackalloc int[LabelCount];
        List<int> indices = [];
        for (var index = 0; index < labels.Length && indices.Count < LabelCount * OfEachLabel; index++)
        {
            if (taken[labels[index]]++ < OfEachLabel)
                indices.Add(index);
        }

        return [.. indices];
    }
}
