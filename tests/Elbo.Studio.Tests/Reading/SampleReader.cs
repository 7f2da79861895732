using Elbo.Studio.Tests;

[assembly: AssemblyFixture(typeof(SampleReader))]

namespace Elbo.Studio.Tests;

/// <summary>Who reads the digits that the studio's models draw: the library's classifier, trained once on real ones.</summary>
public sealed class SampleReader : IDisposable
{
    private readonly Lazy<LabelClassifier> _classifier = new(() => LabelClassifier.LoadOrTrain(
        Path.Combine(AppContext.BaseDirectory, "classifier.safetensors"), Mnist.LoadTrain(), 10));

    /// <summary>How many of some images are read as a digit.</summary>
    internal long CountRead(Images images, int digit)
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
