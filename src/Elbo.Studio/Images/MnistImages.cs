namespace Elbo.Studio;

/// <summary>The MNIST images that the studio uses. Each split is read from disk at its first use.</summary>
internal sealed class MnistImages
{
    private const int LabelCount = 10;
    private const int ImagesPerLabel = 40;
    private const int ShownOfTrainingCount = 200;

    private readonly Lazy<ExampleSet> _test = new(() => Mnist.LoadTest());
    private readonly Lazy<ExampleSet> _train = new(() => Mnist.LoadTrain());
    private readonly Lazy<int[]> _shownIndices;
    private readonly Lazy<ExampleSet> _shown;
    private readonly Lazy<ExampleSet> _shownOfTraining;

    public MnistImages()
    {
        _shownIndices = new(FindShown);
        _shown = new(() => Test.Subset(ShownIndices.ToArray()));
        _shownOfTraining = new(() => _train.Value.Subset([.. Enumerable.Range(0, ShownOfTrainingCount)]));
    }

    /// <summary>The shape of every image.</summary>
    public static ImageShape Shape { get; } = new(1, 28, 28);

    /// <summary>The 10,000 test images.</summary>
    public ExampleSet Test => _test.Value;

    /// <summary>The test images whose codes are plotted in all views: the first 40 of each label, in the order of the test set.</summary>
    public ExampleSet Shown => _shown.Value;

    /// <summary>The indices of these images in the test set.</summary>
    public IReadOnlyList<int> ShownIndices => _shownIndices.Value;

    /// <summary>The training split, from which the step-by-step training takes its batches.</summary>
    public ExampleSet Train => _train.Value;

    /// <summary>The first 200 training images: those whose codes the step-by-step training shows.</summary>
    public ExampleSet ShownOfTraining => _shownOfTraining.Value;

    /// <summary>Returns a chosen image as a dataset of one image. A drawing has no label.</summary>
    /// <exception cref="SettingsException">The test image does not exist, or the drawing has the wrong size.</exception>
    public ExampleSet Take(ImageChoice choice)
    {
        if (choice.Drawn is { } drawn)
        {
            return drawn.Length == Shape.Pixels ? new ImageDataset(Shape, drawn) : throw new SettingsException(
                $"The drawing has {drawn.Length} grey values, but the models need images of {Shape}.");
        }

        return choice.Index is >= 0 and var index && index < Test.Count ? Test.Subset([index]) : throw new SettingsException(
            $"The test image {choice.Index} does not exist: choose one between 0 and {Test.Count - 1}.");
    }

    private int[] FindShown()
    {
        var labels = Test.Labels.Span;
        Span<int> taken = stackalloc int[LabelCount];
        List<int> indices = [];
        for (var index = 0; index < labels.Length && indices.Count < LabelCount * ImagesPerLabel; index++)
        {
            if (taken[labels[index]]++ < ImagesPerLabel)
                indices.Add(index);
        }

        return [.. indices];
    }
}
