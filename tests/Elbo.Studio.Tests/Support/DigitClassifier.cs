using Elbo.Studio.Tests;

[assembly: AssemblyFixture(typeof(DigitClassifier))]

namespace Elbo.Studio.Tests;

/// <summary>Classifies digits that the studio's models generate, with the library's classifier trained once on a part of MNIST.</summary>
public sealed class DigitClassifier : IDisposable
{
    // Enough for drawn digits, and a sixth of the time.
    private const int Images = 10_000;

    private readonly Lazy<LabelClassifier> _classifier = new(() => LabelClassifier.LoadOrTrain(
        Path.Combine(AppContext.BaseDirectory, "classifier.safetensors"), Mnist.LoadTrain().Subset([.. Enumerable.Range(0, Images)]), 10));

    /// <summary>The number of images that are classified as a digit.</summary>
    internal long CountAs(ExampleValues images, int digit)
    {
        lock (_classifier)
            return _classifier.Value.CountRead(images, digit);
    }

    public void Dispose()
    {
        if (_classifier.IsValueCreated)
            _classifier.Value.Dispose();
    }
}
