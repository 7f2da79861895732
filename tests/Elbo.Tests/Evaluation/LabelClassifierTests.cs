namespace Elbo.Tests;

public class LabelClassifierTests
{
    [Fact]
    public void A_cancelled_training_throws_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder["classifier.safetensors"];

        Assert.Throws<OperationCanceledException>(() =>
            LabelClassifier.LoadOrTrain(path, SmallRuns.Data.Train, 3, cancellationToken: new CancellationToken(canceled: true)));

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_trained_classifier_is_read_back_and_reads_what_it_was_trained_on()
    {
        using var folder = new TemporaryFolder();
        var path = folder["classifier.safetensors"];
        var log = new List<string>();
        double accuracy;
        using (var trained = LabelClassifier.LoadOrTrain(path, SmallRuns.Data.Train, 3, log.Add))
            accuracy = trained.Accuracy(SmallRuns.Data.Train);

        using var read = LabelClassifier.LoadOrTrain(path, SmallRuns.Data.Train, 3, log.Add);

        Assert.Single(log);
        Assert.Equal(accuracy, read.Accuracy(SmallRuns.Data.Train));
    }
}
